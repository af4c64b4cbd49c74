"""The finer bench, proven on a file made up in the layout of the Urssaf export."""

import numpy as np
import pytest

from basins.models import Commune
from bench.generated import entry_file
from economy.ingest.commune_sectors import CommuneSector, parse_commune_sectors
from scoring.fine_grain import fine_jobs
from scoring.validation.fine import fine_facts, fine_table, judge_window, window_of
from sources.models import Edition
from tests.scoring.test_validation_bench import bench_of

pytestmark = pytest.mark.django_db

YEARS = tuple(range(2008, 2015))
START = 2009
# Ten divisions of manufacturing, of several sub-classes each.
DIVISIONS = ("10", "13", "16", "20", "22", "23", "25", "26", "28", "32")


@pytest.fixture
def bench(real):
    return bench_of(real)


@pytest.fixture
def places(real):
    """One commune a zone, and the position of its zone."""
    rows = Commune.objects.filter(edition=Edition.objects.current(), zone__isnull=False).order_by("insee_code")
    first = {zone: code for code, zone in reversed(list(rows.values_list("insee_code", "zone__code")))}
    return {code: real.zone_index[zone] for zone, code in first.items()}


@pytest.fixture
def subclasses(real):
    made = real.nomenclature.nodes["section:C"].subclasses
    return [code for one in DIVISIONS for code in [code for code in made if code[:2] == one][:5]]


def read(tmp_path, places, subclasses, link):
    path = entry_file(tmp_path / "urssaf.csv", communes=sorted(places), subclasses=subclasses, years=YEARS, link=link)
    records = list(parse_commune_sectors(path))
    assert all(isinstance(one, CommuneSector) for one in records), "the file is read as the real one"
    return fine_table(records, places, subclasses)


def test_rows_of_communes_are_summed_and_the_hidden_is_not_zero():
    rows = [
        CommuneSector("A", "25.62A", [2008, 2009], [1, 2], [5, 7]),
        CommuneSector("B", "25.62A", [2008, 2009], [1, 1], [10, None]),
        CommuneSector("C", "25.62A", [2008, 2009], [0, 0], [None, 0]),
        CommuneSector("X", "25.62A", [2008, 2009], [1, 1], [9, 9]),
        CommuneSector("C", "99.99Z", [2008, 2009], [1, 1], [9, 9]),
    ]
    table = fine_table(rows, {"A": 0, "B": 0, "C": 1}, ["25.62A"])
    assert table.at(2008).ravel().tolist() == [15, 0]
    assert np.isnan(table.at(2009)[0, 0]) and table.at(2009)[1, 0] == 0
    assert table.unplaced == 2
    with pytest.raises(ValueError, match="2010"):
        table.at(2010)
    with pytest.raises(ValueError, match="aucune ligne"):
        fine_table([], {"A": 0}, ["25.62A"])


def test_entries_last_and_start_from_little(real):
    # Sub-class 10.11Z in four zones; a large other activity gives quotients a sense.
    jobs = np.zeros((7, len(real.zones), 2))
    jobs[:, :, 1] = 1000
    jobs[:, 0, 0] = 200  # always there: never at risk
    jobs[5:, 1, 0] = 200  # 2013 and 2014: an entry
    jobs[6:, 2, 0] = 200  # 2014 only: not yet lasting
    jobs[5:, 3, 0] = 15  # too few
    jobs[5:, 4, 0] = 200
    jobs[1, 4, 0] = np.nan  # hidden in 2009: not judged
    from scoring.validation.fine import FineTable

    window = window_of(FineTable(YEARS, ("10.11Z", "62.01Z"), jobs, 0), real, START)
    assert window.naf_codes == ("10.11Z",)
    assert window.at_risk[:6, 0].tolist() == [False, True, True, True, False, True]
    assert np.flatnonzero(window.entered[:, 0]).tolist() == [1]


def test_facts_of_a_window_hold_nothing_after_its_start(bench, places, subclasses, tmp_path):
    from dataclasses import replace

    table = read(tmp_path, places, subclasses, 0.9)
    later = table.jobs.copy()
    later[list(YEARS).index(START) + 1 :] *= 7
    first, second = (fine_facts(bench.past, one, START) for one in (table, replace(table, jobs=later)))
    np.testing.assert_array_equal(first.private_jobs.end, second.private_jobs.end)
    np.testing.assert_array_equal(first.occupations.jobs, second.occupations.jobs)
    node = bench.facts.nomenclature.find(subclasses[0], "subclass")
    np.testing.assert_array_equal(fine_jobs(first, node).end, table.at(START)[:, 0])


def test_planted_entries_are_found_by_what_is_related_and_not_by_chance(bench, places, subclasses, tmp_path):
    found = judge_window(bench.past, read(tmp_path, places, subclasses, 0.9), START, seed=5, draws=40)
    area = {name: metrics["roc_auc"] for name, metrics in found.scores.items()}
    assert found.counts["entered"] > 150
    assert area["random"].low < 0.5 < area["random"].high
    for name in ("co_location", "siblings", "score", "trees"):
        assert area[name].low > 0.55, name
    assert area["siblings"].value > 0.75, "planted by division: the division tells"
    assert found.ratios["trees"]["auc_pr"].value > 0.8
    assert found.first_cells["siblings"].value > 1.5 * found.first_cells["random"].value


def test_without_a_planted_link_nothing_is_found(bench, places, subclasses, tmp_path):
    found = judge_window(bench.past, read(tmp_path, places, subclasses, 0.0), START, seed=5, draws=40)
    for name in ("co_location", "siblings", "score", "trees", "random"):
        assert found.scores[name]["roc_auc"].value == pytest.approx(0.5, abs=0.04), name


def test_a_window_without_entry_is_refused(bench, real):
    from scoring.validation.fine import FineTable

    jobs = np.full((7, len(real.zones), 2), 50.0)
    with pytest.raises(ValueError, match="aucune entrée"):
        judge_window(bench.past, FineTable(YEARS, ("10.11Z", "62.01Z"), jobs, 0), START, seed=1)
