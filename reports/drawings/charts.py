"""Charts of the pages as standalone vector drawings, and what they say in words."""

from typing import Any

from django.utils.translation import gettext as _

from explorer.wording import apart, listed, number
from reports.drawings.axes import numbers
from reports.drawings.bars import bars_svg, shown_value
from reports.drawings.lines import lines_svg
from reports.drawings.svg import PAGE_WIDTH


def chart_svg(spec: dict[str, Any], width: float = PAGE_WIDTH) -> str:
    """Return the drawing of what a page hands to plotly (`Figure.chart()`), for a column of a width in CSS pixels."""
    return bars_svg(spec, width) if is_rows(spec) else lines_svg(spec, width)


def is_rows(spec: dict[str, Any]) -> bool:
    """Whether a chart has named rows, else it has lines over periods."""
    return "labels" in spec["layout"].get("meta", {})


def chart_alt(spec: dict[str, Any], title: str = "") -> str:
    """Return a chart in words: its title, then the highest and lowest of its subject and what stands beside."""
    told = rows_alt(spec) if is_rows(spec) else lines_alt(spec)
    return apart([one for one in (title, told) if one])


def rows_alt(spec: dict[str, Any]) -> str:
    """Return the rows at both ends, with their values, and the references drawn."""
    labels, subject = spec["layout"]["meta"]["labels"], subject_of(spec["data"])
    known = [(value, label) for value, label in zip(numbers(subject["x"]), labels, strict=True) if value is not None]
    if not known:
        return _("Aucune valeur n'est connue.")
    highest, lowest = max(known), min(known)
    others = [one["name"] for one in spec["data"] if one is not subject and one.get("name")]
    values = {"highest": row_words(subject, *highest), "lowest": row_words(subject, *lowest)}
    values["name"] = subject.get("name") or spec["layout"]["xaxis"]["title"]["text"]
    values["scale"] = spec["layout"]["xaxis"]["title"]["text"]
    told = (
        _("%(name)s (%(scale)s) : %(highest)s.") % values
        if len(known) == 1
        else _("%(name)s (%(scale)s), au plus : %(highest)s ; au moins : %(lowest)s.") % values
    )
    return told + (" " + _("À côté : %(others)s.") % {"others": listed(others)} if others else "")


def row_words(trace: dict[str, Any], value: float, label: str) -> str:
    """Return the name of a row with its value on the axis."""
    return _("%(label)s, %(value)s") % {"label": label, "value": shown_value(trace, value)}


def subject_of(traces: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the trace that a chart is about: its bars, else its round dots."""
    bars = [one for one in traces if one["type"] == "bar"]
    dots = [one for one in traces if one.get("mode") == "markers" and "symbol" not in one["marker"]]
    round_ones = [one for one in traces if one.get("marker", {}).get("symbol") == "circle"]
    return (bars or dots or round_ones or traces)[0]


def lines_alt(spec: dict[str, Any]) -> str:
    """Return where each line starts and ends, and the extremes of the first."""
    told = []
    for trace in spec["data"]:
        pairs = [(y, x) for x, y in zip(trace["x"], numbers(trace["y"]), strict=True) if y is not None]
        if not pairs:
            continue
        (first, since), (last, to), (high, top), (low, bottom) = pairs[0], pairs[-1], max(pairs), min(pairs)
        values = {"name": trace["name"], "first": number(first, 1), "last": number(last, 1), "since": since, "to": to}
        sentence = _("%(name)s : %(first)s (%(since)s), %(last)s (%(to)s)") % values
        if not told:
            ends = {"high": number(high, 1), "top": top, "low": number(low, 1), "bottom": bottom}
            sentence += _(", au plus %(high)s (%(top)s), au moins %(low)s (%(bottom)s)") % ends
        told.append(sentence)
    scale = spec["layout"]["yaxis"]["title"]["text"]
    return _("Courbes, %(scale)s. %(lines)s.") % {"scale": scale, "lines": apart(told)} if told else ""
