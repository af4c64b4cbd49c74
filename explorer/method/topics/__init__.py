"""The sections of the method page that have a worked example, in reading order: one module each, one line here.

To add one (an effort to close a gap): a module with a `TOPIC`, its name below.
"""

from explorer.method.topics import aggregation, bounds, marks, occupations, other_scales, peers, robustness, weights
from explorer.method.worked import Topic

TOPICS: tuple[Topic, ...] = (
    marks.TOPIC,
    other_scales.TOPIC,
    aggregation.SUM,
    aggregation.GEOMETRIC,
    weights.TOPIC,
    bounds.TOPIC,
    robustness.TOPIC,
    occupations.TOPIC,
    peers.TOPIC,
)
