"""The chart of the page of an activity, in the style of the others."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from explorer.charts import bars_figure, spec
from explorer.wording import with_unit
from scoring.activity_profile import Need


def needs_chart(needs: Sequence[Need]) -> dict[str, Any]:
    """Return the share of each occupation family in the hires of an activity; support ones are paler and said so."""
    from plotly.graph_objects import Bar

    rows = list(reversed(needs))
    bars = Bar(
        x=[100 * one.share for one in rows],
        y=list(range(len(rows))),
        orientation="h",
        marker={"color": ["var(--accent)" if one.family.is_scored else "var(--line-strong)" for one in rows]},
        hovertemplate=with_unit("%{x:.1f}", "%") + "<extra></extra>",
    )
    labels = [need_label(one) for one in needs]
    return spec(bars_figure(labels, [bars], title=_("% des embauches"), ticksuffix=with_unit("", "%")))


def need_label(need: Need) -> str:
    """Return the name of a family, marked where it is not scored."""
    label = str(need.family.label)
    return label if need.family.is_scored else _("%(label)s (soutien, non noté)") % {"label": label}
