"""The sections of the method page that have a worked example, in reading order: one module each, one line here.

To add one: a module with a `TOPIC`, its name below.
"""

from explorer.method.topics import (
    aggregation,
    bounds,
    changes,
    groups,
    marks,
    occupations,
    other_scales,
    peers,
    purchases,
    robustness,
    shared_pool,
    weights,
)
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
    changes.TOPIC,
    peers.TOPIC,
    groups.TOPIC,
    shared_pool.TOPIC,
    purchases.TOPIC,
)
