"""The archive of a region holds a report per basin, the one of its page, and a list that names them all."""

import csv
import io
import zipfile

import pytest

from reports.bulk.region_reports import INDEX, MAKER, zones_of
from reports.contents.basin import basin_report
from reports.formats import FORMATS
from reports.makers import Order
from scoring.errors import BadQuestion
from scoring.service import current_facts

pytestmark = pytest.mark.django_db
MAYOTTE, GUYANE = "06", "03"


def test_each_basin_of_the_region_has_its_report_and_its_line() -> None:
    facts, output, told = current_facts(), io.BytesIO(), []
    parameters = MAKER.accepted(facts, {"region": GUYANE, "format": "html"})
    file = MAKER.make(Order(facts, parameters, "http://x", output, lambda *step: told.append(step)))
    zones = zones_of(facts, GUYANE)
    assert file.name == "rapports-bassins-region-03-html.zip"
    with zipfile.ZipFile(output) as archive:
        assert archive.testzip() is None
        rows = list(csv.DictReader(io.StringIO(archive.read(INDEX).decode("utf-8-sig")), delimiter=";"))
        assert [row["code"] for row in rows] == [zone.code for zone in zones]
        assert sorted(archive.namelist()) == sorted([INDEX, *(row["fichier"] for row in rows)])
        for row, zone in zip(rows, zones, strict=True):
            assert row["page"] == f"http://x/bassins/{zone.code}/"
            assert archive.read(row["fichier"]) == FORMATS["html"].write(basin_report(facts, zone.code, "http://x"))
    assert [step[1:] for step in told] == [(done, len(zones)) for done in range(len(zones) + 1)]
    assert all(zone.name in step[0] for step, zone in zip(told, zones, strict=False))


def test_a_pdf_is_a_pdf() -> None:
    facts, output = current_facts(), io.BytesIO()
    MAKER.make(Order(facts, {"region": MAYOTTE, "format": "pdf"}, "http://x", output, lambda *step: None))
    with zipfile.ZipFile(output) as archive:
        report, index = archive.namelist()
        assert index == INDEX and archive.read(report).startswith(b"%PDF-")


def test_a_basin_astride_two_regions_is_in_both_and_no_other() -> None:
    facts = current_facts()
    asked = {code: {zone.code for zone in zones_of(facts, code)} for code in facts.regions}
    astride = [zone for zone in facts.zones if len(zone.region_codes) > 1]
    assert astride
    for zone in facts.zones:
        assert {code for code, zones in asked.items() if zone.code in zones} == set(zone.region_codes)


def test_regions_are_in_the_order_of_the_alphabet_and_a_wrong_one_is_said() -> None:
    facts = current_facts()
    names = [words for _code, words in MAKER.fields[0].choices(facts)]
    places = [next(i for i, words in enumerate(names) if words.startswith(one)) for one in ("Hauts", "Île", "Martin")]
    assert places == sorted(places)
    with pytest.raises(BadQuestion) as refused:
        MAKER.accepted(facts, {"region": "99"})
    assert refused.value.parameter == "region" and "84" in refused.value.sentence
