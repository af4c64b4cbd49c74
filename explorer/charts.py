"""Charts as plotly figures; colours are roles of the style sheet, resolved when drawn, so that they follow the theme."""

import json
import textwrap
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.numbers import is_english, number
from scoring.sheet import BasinSheet

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LABEL_WIDTH = 34
ROW_HEIGHT = 34
MARGINS_HEIGHT = 70
# Decimal and thousands separators, in the order that plotly reads them.
SEPARATORS = {"fr": ",\u202f", "en": ".,"}


def config() -> dict[str, Any]:
    """Return plotly's settings: no link to any other site, nothing in the bar but saving the picture."""
    language = (get_language() or "fr")[:2]
    return {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "responsive": True,
        "locale": language,
        "locales": {"fr": {"dictionary": {"Download plot as a PNG": "Télécharger l'image (PNG)"}, "format": {}}},
    }


def figure(traces: list[Any], *, height: int, **layout: Any) -> "Figure":
    """Return a figure in the style of the site: no template, no zoom, colours by role, the language's separators."""
    from plotly.graph_objects import Figure

    drawn = Figure(data=traces)
    drawn.update_layout(
        template="none",
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 40, "pad": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": "Source Sans 3, system-ui, sans-serif", "size": 14, "color": "var(--ink)"},
        hoverlabel={"bgcolor": "var(--surface)", "bordercolor": "var(--line-strong)", "font": {"color": "var(--ink)"}},
        separators=SEPARATORS["en" if is_english() else "fr"],
        dragmode=False,
        showlegend=False,
    )
    axis = {
        "fixedrange": True,
        "automargin": True,
        "gridcolor": "var(--line)",
        "linecolor": "var(--line-strong)",
        "zeroline": False,
    }
    drawn.update_xaxes(**axis)
    drawn.update_yaxes(**axis)
    drawn.update_layout(**layout)
    return drawn


def spec(drawn: "Figure") -> dict[str, Any]:
    """Return what the page hands to plotly."""
    return json.loads(drawn.to_json()) | {"config": config()}


def wrapped(label: str) -> str:
    """Return a label on several lines, for an axis."""
    return "<br>".join(textwrap.wrap(label, LABEL_WIDTH)) or label


def composition_chart(sheet: BasinSheet) -> dict[str, Any]:
    """Return the share of each manufacturing branch in private jobs, the nation's share as a tick beside each bar."""
    from plotly.graph_objects import Bar, Scatter

    known = [one for one in reversed(sheet.composition) if one.share_pct is not None]
    labels = [wrapped(one.label) for one in known]
    national = [one.share_pct / one.quotient if one.quotient else None for one in known]
    here = Bar(
        x=[one.share_pct for one in known],
        y=labels,
        orientation="h",
        marker={"color": "var(--accent)"},
        name=sheet.zone.name,
        hovertemplate="%{x:.1f} %<extra>%{fullData.name}</extra>",
    )
    nation = Scatter(
        x=national,
        y=labels,
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 20, "line": {"width": 3}, "color": "var(--ink)"},
        name=_("France"),
        hovertemplate="%{x:.1f} %<extra>%{fullData.name}</extra>",
    )
    drawn = figure([here, nation], height=ROW_HEIGHT * len(known) + MARGINS_HEIGHT, bargap=0.35)
    drawn.update_xaxes(title={"text": _("% de l'emploi salarié privé")}, rangemode="tozero", ticksuffix="\u202f%")
    drawn.update_yaxes(showgrid=False)
    return spec(drawn)


def jobs_chart(sheet: BasinSheet) -> dict[str, Any]:
    """Return all salaried jobs of the basin and of the nation, both at 100 in the first year they share."""
    from plotly.graph_objects import Scatter

    series = indexed(sheet)
    lines = [
        (sheet.zone.name, [one["zone_index"] for one in series], "var(--accent)", 3),
        (_("France"), [one["national_index"] for one in series], "var(--ink-soft)", 2),
    ]
    years = [one["year"] for one in series]
    drawn = figure(
        [
            Scatter(x=years, y=values, mode="lines", name=name, line={"color": color, "width": width},
                    hovertemplate="%{x} : %{y:.1f}<extra>%{fullData.name}</extra>")
            for name, values, color, width in lines
        ],
        height=320,
        hovermode="x unified",
    )  # fmt: skip
    for name, values, color, _width in lines:
        drawn.add_annotation(
            x=years[-1], y=values[-1], text=name, xanchor="left", xshift=6, showarrow=False, font={"color": color}
        )
    drawn.update_layout(margin={"r": 130})
    drawn.update_xaxes(showgrid=False, dtick=5)
    drawn.update_yaxes(title={"text": _("indice 100 en %(year)s") % {"year": years[0]}})
    return spec(drawn)


def indexed(sheet: BasinSheet) -> list[dict[str, Any]]:
    """Return by year the jobs of the basin and both indices, 100 in the first common year."""
    national = dict(sheet.national_series)
    common = [(year, jobs) for year, jobs in sheet.jobs_series if national.get(year)]
    if not common or not common[0][1]:
        return []
    first_year, first_jobs = common[0]
    return [
        {
            "year": year,
            "jobs": jobs,
            "zone_index": 100 * jobs / first_jobs,
            "national_index": 100 * national[year] / national[first_year],
        }
        for year, jobs in common
    ]


def occupations_chart(sheet: BasinSheet) -> dict[str, Any]:
    """Return how many times the national share the basin holds each occupation family, with its error bar."""
    from plotly.graph_objects import Bar

    rows = list(reversed(sheet.occupations))
    bars = Bar(
        x=[one.quotient for one in rows],
        y=[wrapped(one.label) for one in rows],
        orientation="h",
        marker={"color": "var(--accent)"},
        error_x={
            "type": "data",
            "array": [one.quotient * one.error_share for one in rows],
            "arrayminus": [one.quotient * one.error_share / (1 + one.error_share) for one in rows],
            "color": "var(--ink-soft)",
            "thickness": 1.5,
        },
        text=[f"≈ {number(one.quotient, 1)}" for one in rows],
        textposition="inside",
        insidetextanchor="start",
        textfont={"color": "var(--accent-ink)"},
        hovertemplate="%{x:.1f}<extra></extra>",
    )
    drawn = figure([bars], height=ROW_HEIGHT * len(rows) + MARGINS_HEIGHT, bargap=0.3)
    drawn.add_vline(x=1, line={"color": "var(--ink)", "width": 2})
    drawn.update_xaxes(title={"text": _("fois la part nationale (trait : 1, la moyenne)")}, rangemode="tozero")
    drawn.update_yaxes(showgrid=False)
    return spec(drawn)
