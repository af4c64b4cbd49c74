"""Charts: nothing leads elsewhere, colours are roles, marks of regions and nation are told apart without colour."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from plotly.offline import get_plotlyjs_version

from explorer import basin_charts, charts
from explorer.presenters.basin_figures import FIGURES
from scoring.service import current_facts
from scoring.sheet import BasinSheet, basin_sheet

pytestmark = pytest.mark.django_db
DRAWN = ("composition", "jobs", "comparison", "levels", "occupations", "access", "living", "unemployment", "permits")


@pytest.fixture
def sheet(db: None) -> BasinSheet:
    facts = current_facts()
    return basin_sheet(facts, facts.zones[0].code)


def drawn(sheet: BasinSheet, figure_id: str) -> dict[str, Any]:
    figure = FIGURES[figure_id](current_facts(), sheet)
    assert figure and figure.chart
    return figure.chart()


@pytest.mark.parametrize("figure_id", DRAWN)
def test_no_chart_leads_to_another_site(figure_id: str, sheet: BasinSheet) -> None:
    spec = drawn(sheet, figure_id)
    config = spec["config"]
    assert config["showSendToCloud"] is False and config["plotlyServerURL"] == "" and config["displaylogo"] is False
    assert config["modeBarButtons"] == [["toImage"]]
    assert "http" not in json.dumps(spec)


@pytest.mark.parametrize("figure_id", DRAWN)
def test_colours_are_roles_of_the_style_sheet(figure_id: str, sheet: BasinSheet) -> None:
    written = json.dumps(drawn(sheet, figure_id))
    css = (settings.BASE_DIR / "static" / "css" / "bassins.css").read_text(encoding="utf-8")
    roles = set(re.findall(r"var\((--[\w-]+)\)", written))
    assert roles and all(f"{role}:" in css for role in roles)
    assert not re.findall(r"#[0-9a-f]{6}", written)


def test_hovering_tells_figures_in_the_language_of_the_page(sheet: BasinSheet) -> None:
    written = {}
    for language in ("fr", "en"):
        with translation.override(language):
            bars, lines = drawn(sheet, "composition"), drawn(sheet, "jobs")
        suffix = bars["layout"]["xaxis"]["ticksuffix"]
        hovers = [trace["hovertemplate"].split("<extra>")[0] for trace in (*bars["data"], *lines["data"])]
        written[language] = (suffix, sorted(set(hovers)))
    assert written["fr"] == ("\u202f%", ["%{x:.1f}\u202f%", "%{x}\u00a0: %{y:.1f}"])
    assert written["en"] == ("%", ["%{x:.1f}%", "%{x}: %{y:.1f}"])


def test_every_line_starts_at_one_hundred_and_follows_the_jobs(sheet: BasinSheet) -> None:
    figure = FIGURES["jobs"](current_facts(), sheet)
    assert figure
    first, last = figure.table.rows[0], figure.table.rows[-1]
    assert all(index == 100 for index in first[2:]) and len(first) == 3 + len(sheet.territories)
    jobs = dict(sheet.jobs_series)
    assert last[2] == pytest.approx(100 * jobs[int(str(last[0]))] / jobs[int(str(first[0]))])


def test_regions_and_nation_have_shapes_of_their_own() -> None:
    references = [(name, [1.0, None]) for name in ("Région A", "Région B", "France")]
    marks = charts.reference_marks(references)
    symbols = [mark.marker.symbol for mark in marks]
    assert len(set(symbols)) == 3 and symbols[-1] == charts.NATION_SYMBOL[0]
    assert [list(mark.x) for mark in marks] == [[None, 1.0]] * 3


def test_names_of_lines_never_overlap_and_keep_their_order() -> None:
    heights = charts.spread([100.0, 101.0, 99.5, 130.0], gap=4.0)
    ordered = sorted(heights)
    assert all(upper - lower >= 4.0 - 1e-9 for lower, upper in pairwise(ordered))
    assert [heights.index(one) for one in ordered] == [2, 0, 1, 3]
    assert heights[2] == 99.5 and heights[3] == 130.0


def test_a_distance_under_a_kilometre_stands_on_the_logarithmic_axis() -> None:
    reach = basin_charts.Reach("Port", 10.0, 60.0, 0.2)
    spec = basin_charts.reaches([reach], [("France", [0.0])], name="Ici")
    assert spec["layout"]["xaxis"]["type"] == "log"
    points = [x for trace in spec["data"][2:] for x in trace["x"]]
    assert points == [basin_charts.NEAREST_KM] * 2


def test_labels_are_given_once_from_the_bottom_up(sheet: BasinSheet) -> None:
    labels = drawn(sheet, "composition")["layout"]["meta"]["labels"]
    shown = [one.label for one in sheet.composition if one.share_pct]
    assert labels == list(reversed(shown))


def test_the_script_of_the_charts_is_the_version_python_writes_for() -> None:
    script = settings.BASE_DIR / ".vendor" / "static" / "vendor" / "plotly" / "plotly-basic.min.js"
    banner = script.read_text(encoding="utf-8")[:400]
    assert f"v{get_plotlyjs_version()}" in banner


@pytest.mark.parametrize(("figure_id", "last"), [("unemployment", 19), ("permits", 2025)])
def test_lines_leave_their_width_to_the_course_not_to_their_names(
    figure_id: str, last: int, sheet: BasinSheet
) -> None:
    """The axis ends with the last period, and the margin beside it is that of the longest name."""
    layout = drawn(sheet, figure_id)["layout"]
    assert layout["xaxis"]["range"][1] == last
    longest = max(len(one["text"]) for one in layout["annotations"])
    assert layout["margin"]["r"] == charts.NAME_MARGIN + charts.LETTER_WIDTH * longest < 200
