"""Charts as plotly figures; colours are roles of the style sheet, resolved when drawn: they follow the theme."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer.wording import with_unit
from scoring.numbers import is_english, number
from scoring.sheet import BasinSheet

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# Labels stand above their bar, so that a telephone gives the bar its whole width; the script that draws folds them to
# the width at hand and makes the rows as high as needed.
Layout = dict[str, Any]
ROW_LABEL = "row-label"
LINE_HEIGHT = 18
BAR_HEIGHT = 18
ROW_SPACE = 14
MARGINS_HEIGHT = 60
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


def figure(traces: list[Any], *, x_axis: Layout, y_axis: Layout, **layout: Any) -> "Figure":
    """Return a figure in the style of the site: no template, no zoom, colours by role, the language's separators.

    Everything is given at once: plotly validates each later change of a figure for several milliseconds.
    """
    from plotly.graph_objects import Figure

    axis = {"fixedrange": True, "automargin": True, "zeroline": False} | {
        "gridcolor": "var(--line)",
        "linecolor": "var(--line-strong)",
    }
    frame = {
        "template": "none",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 40, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans 3", system-ui, sans-serif', "size": 14, "color": "var(--ink)"},
        "hoverlabel": {
            "bgcolor": "var(--surface)",
            "bordercolor": "var(--line-strong)",
            "font": {"color": "var(--ink)"},
        },
        "separators": SEPARATORS["en" if is_english() else "fr"],
        "dragmode": False,
        "showlegend": False,
        "xaxis": axis | x_axis,
        "yaxis": axis | y_axis,
    }
    return Figure(data=traces, layout=frame | layout)


def axis_title(text: str) -> Layout:
    return {"text": text, "font": {"size": 14}}


def spec(drawn: "Figure") -> dict[str, Any]:
    """Return what the page hands to plotly."""
    return json.loads(drawn.to_json()) | {"config": config()}


def bars_figure(
    labels: Sequence[str], traces: list[Any], *, title: str, shapes: Sequence[Layout] = (), **x_axis: Any
) -> "Figure":
    """Return horizontal bars, the first label at the top, each label above its bar.

    The traces stand at whole numbers from 0, the bottom, to the count of labels less one.
    """
    row_height = LINE_HEIGHT + BAR_HEIGHT + ROW_SPACE
    annotations = [
        {
            "name": ROW_LABEL,
            "text": label,
            "align": "left",
            "showarrow": False,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
        }
        | {"y": position, "yanchor": "bottom", "yshift": BAR_HEIGHT / 2 + 1}
        for position, label in enumerate(reversed(labels))
    ]
    return figure(
        traces,
        height=row_height * len(labels) + MARGINS_HEIGHT,
        bargap=1 - BAR_HEIGHT / row_height,
        annotations=annotations,
        shapes=shapes,
        meta={"line": LINE_HEIGHT, "bar": BAR_HEIGHT, "space": ROW_SPACE, "margins": MARGINS_HEIGHT},
        x_axis={"title": axis_title(title), "rangemode": "tozero"} | x_axis,
        y_axis={"visible": False, "range": [-BAR_HEIGHT / row_height, len(labels) - BAR_HEIGHT / row_height]},
    )


def composition_chart(sheet: BasinSheet) -> dict[str, Any]:
    """Return the share of each manufacturing branch in private jobs, the nation's share as a tick beside each bar."""
    from plotly.graph_objects import Bar, Scatter

    known = [one for one in sheet.composition if one.share_pct is not None]
    rows = list(reversed(known))
    hover = with_unit("%{x:.1f}", "%") + "<extra>%{fullData.name}</extra>"
    here = Bar(
        x=[one.share_pct for one in rows],
        y=list(range(len(rows))),
        orientation="h",
        marker={"color": "var(--accent)"},
        name=sheet.zone.name,
        hovertemplate=hover,
    )
    nation = Scatter(
        x=[one.share_pct / one.quotient if one.share_pct and one.quotient else None for one in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 22, "line": {"width": 3}, "color": "var(--ink)"},
        name=_("France"),
        hovertemplate=hover,
    )
    labels = [one.label for one in known]
    title = _("% de l'emploi salarié privé")
    return spec(bars_figure(labels, [here, nation], title=title, ticksuffix=with_unit("", "%")))


def jobs_chart(sheet: BasinSheet) -> dict[str, Any]:
    """Return all salaried jobs of the basin and of the nation, both at 100 in the first year they share."""
    from plotly.graph_objects import Scatter

    series = indexed(sheet)
    lines = [
        (sheet.zone.name, [one["zone_index"] for one in series], "var(--accent)", 3),
        (_("France"), [one["national_index"] for one in series], "var(--ink-soft)", 2),
    ]
    years = [one["year"] for one in series]
    colon = ":" if is_english() else "\u00a0:"
    traces = [
        Scatter(
            x=years,
            y=values,
            mode="lines",
            name=name,
            line={"color": color, "width": width},
            hovertemplate=f"%{{x}}{colon} %{{y:.1f}}<extra>%{{fullData.name}}</extra>",
        )
        for name, values, color, width in lines
    ]
    annotations = [
        {"x": years[-1], "y": values[-1], "text": name, "xanchor": "left", "xshift": 6, "showarrow": False}
        | {"font": {"color": color}}
        for name, values, color, _width in lines
    ]
    drawn = figure(
        traces,
        height=320,
        hovermode="x unified",
        margin={"l": 8, "r": 130, "t": 8, "b": 40},
        annotations=annotations,
        x_axis={"showgrid": False, "dtick": 5},
        y_axis={"title": axis_title(_("indice 100 en %(year)s") % {"year": years[0]})},
    )
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
        y=list(range(len(rows))),
        orientation="h",
        marker={"color": "var(--accent)"},
        error_x={
            "type": "data",
            "array": [one.quotient * one.error_share for one in rows],
            "arrayminus": [one.quotient * one.error_share / (1 + one.error_share) for one in rows],
            "color": "var(--ink-soft)",
            "thickness": 1.5,
        },
        text=[f"≈\u202f{number(one.quotient, 1)}" for one in rows],
        textposition="inside",
        insidetextanchor="start",
        textfont={"color": "var(--accent-ink)"},
        hovertemplate="%{x:.1f}<extra></extra>",
    )
    nation = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1}
    shapes = [nation | {"line": {"color": "var(--ink)", "width": 2}}]
    title = _("fois la part nationale (trait : 1, la moyenne)")
    return spec(bars_figure([one.label for one in sheet.occupations], [bars], title=title, shapes=shapes))
