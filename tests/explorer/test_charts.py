"""Charts: nothing leads elsewhere, the numbers are those of the sheet."""

import json
import re

import pytest
from django.conf import settings
from django.utils import translation
from plotly.offline import get_plotlyjs_version

from explorer import charts
from scoring.service import current_facts
from scoring.sheet import BasinSheet, basin_sheet

pytestmark = pytest.mark.django_db
BUILDERS = (charts.composition_chart, charts.jobs_chart, charts.occupations_chart)


@pytest.fixture
def sheet(db: None) -> BasinSheet:
    facts = current_facts()
    return basin_sheet(facts, facts.zones[0].code)


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_chart_leads_to_another_site(builder: object, sheet: BasinSheet) -> None:
    spec = builder(sheet)  # type: ignore[operator]
    config = spec["config"]
    assert config["showSendToCloud"] is False and config["plotlyServerURL"] == "" and config["displaylogo"] is False
    assert config["modeBarButtons"] == [["toImage"]]
    assert "http" not in json.dumps(spec)


@pytest.mark.parametrize("builder", BUILDERS)
def test_colours_are_roles_of_the_style_sheet(builder: object, sheet: BasinSheet) -> None:
    written = json.dumps(builder(sheet))  # type: ignore[operator]
    css = (settings.BASE_DIR / "static" / "css" / "bassins.css").read_text(encoding="utf-8")
    roles = set(re.findall(r"var\((--[\w-]+)\)", written))
    assert roles and all(f"{role}:" in css for role in roles)
    assert not re.findall(r"#[0-9a-f]{6}", written)


def test_hovering_tells_figures_in_the_language_of_the_page(sheet: BasinSheet) -> None:
    written = {}
    for language in ("fr", "en"):
        with translation.override(language):
            bars, lines = charts.composition_chart(sheet), charts.jobs_chart(sheet)
        suffix = bars["layout"]["xaxis"]["ticksuffix"]
        hovers = [trace["hovertemplate"].split("<extra>")[0] for trace in (*bars["data"], *lines["data"])]
        written[language] = (suffix, sorted(set(hovers)))
    assert written["fr"] == ("\u202f%", ["%{x:.1f}\u202f%", "%{x}\u00a0: %{y:.1f}"])
    assert written["en"] == ("%", ["%{x:.1f}%", "%{x}: %{y:.1f}"])


def test_both_indices_start_at_one_hundred(sheet: BasinSheet) -> None:
    series = charts.indexed(sheet)
    assert series[0]["zone_index"] == 100 and series[0]["national_index"] == 100
    jobs = dict(sheet.jobs_series)
    last = series[-1]
    assert last["zone_index"] / 100 == pytest.approx(last["jobs"] / jobs[series[0]["year"]])


def test_the_script_of_the_charts_is_the_version_python_writes_for() -> None:
    script = settings.BASE_DIR / ".vendor" / "static" / "vendor" / "plotly" / "plotly-basic.min.js"
    banner = script.read_text(encoding="utf-8")[:400]
    assert f"v{get_plotlyjs_version()}" in banner
