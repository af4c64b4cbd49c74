"""Jobs by sub-class: none, everywhere, in a part of the country; what is read, how it is weighed, what is said."""

from dataclasses import replace

import numpy as np
import pytest
from django.utils.translation import override

from scoring.activity_profile import MERGED_EXCESS
from scoring.cells import FloatArray
from scoring.fabric_tables import SubclassTable
from scoring.facts import Facts
from scoring.fine_grain import covered_share, fine_jobs
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.service import compute_ranking
from tests.scoring.test_ranking import permuted
from tests.scoring.test_twin import agree
from tests.scoring.world import ALPHA, BETA, CODES, DELTA, GAMMA, MAYO, SIGMA, altered

NAF = ("26.11Z", "26.52Z", "29.10Z", "30.11Z", "62.01Z")
# Alpha makes components, Beta ships; Gamma has cars only; Delta no vehicle at all. Sigma hides its ships.
END = np.array(
    [
        [400, 50, 50, 0, 1500],
        [50, 0, 50, 300, 600],
        [0, 0, 100, 0, 900],
        [10, 0, 0, 0, 490],
        [20, 0, 60, np.nan, 410],
        [np.nan] * 5,
    ],
    dtype=float,
)
START = np.array(
    [
        [380, 20, 60, 0, 1400],
        [60, 0, 40, 240, 600],
        [0, 0, 120, 0, 880],
        [10, 0, 0, 0, 450],
        [10, 0, 30, 20, 400],
        [np.nan] * 5,
    ],
    dtype=float,
)
SHIPS, CARS, COMPONENTS = (Question(code, "subclass") for code in ("30.11Z", "29.10Z", "26.11Z"))
EVERYWHERE = (ALPHA, BETA, GAMMA, DELTA, SIGMA)


def with_subclasses(facts: Facts, zones: tuple[int, ...], *, end: FloatArray = END, one_year: bool = False) -> Facts:
    """Return facts where some zones are covered."""
    is_covered = np.isin(np.arange(len(facts.zones)), zones)
    last, first = (np.where(is_covered[:, None], table, np.nan) for table in (end, START))
    years = (2022, 2022) if one_year else (2017, 2022)
    return altered(facts, subclass_jobs=SubclassTable(NAF, years, last if one_year else first, last, is_covered))


def told_by(ranking: Ranking, criterion: str, zone: int) -> str:
    with override("fr"):
        row = ranking.basin(CODES[zone])
        return next(one.sentence for one in row.contributions if one.criterion == criterion)


def measured(ranking: Ranking, criterion: str):
    return next(cell.measured for one, cell in zip(ranking.used, ranking.cells, strict=True) if one.id == criterion)


def weight(ranking: Ranking, criterion: str) -> float:
    return next(float(w) for one, w in zip(ranking.used, ranking.weights, strict=True) if one.id == criterion)


def test_without_the_file_nothing_changes(tiny):
    ranking = compute_ranking(tiny, SHIPS)
    assert (ranking.grain, ranking.grain_note, ranking.covered_zones) == ("a38", "", 0)
    assert ranking.profile.branch_excess == MERGED_EXCESS
    assert covered_share(tiny, tiny.nomenclature.find("30.11Z")) == 0


@pytest.mark.parametrize("code", ["CL", "26", "C", "01.11Z"])
def test_an_activity_that_is_its_whole_branch_or_wider_keeps_its_branch(tiny, code):
    loaded = with_subclasses(tiny, EVERYWHERE)
    node = tiny.nomenclature.find(code)
    assert covered_share(loaded, node) == 0
    question = Question(node.code, node.level)
    plain, fine = compute_ranking(tiny, question), compute_ranking(loaded, question)
    np.testing.assert_array_equal(plain.score, fine.score)
    assert fine.grain == "a38"


def test_where_all_is_known_the_activity_speaks_for_itself(tiny):
    end = np.where(np.isnan(END) & (np.arange(6) == SIGMA)[:, None], 30.0, END)
    ranking = compute_ranking(with_subclasses(tiny, EVERYWHERE, end=end), SHIPS)
    assert (ranking.grain, ranking.covered_zones) == ("subclass", 5)
    assert ranking.profile.branch_excess == 0
    assert not ranking.profile.is_merged
    found = measured(ranking, "fabric.specialisation")
    # 330 ships in 5,000 private jobs; Beta has 300 of them in 1,000.
    assert found.value[BETA] == pytest.approx((300 + 50) / (1000 * 330 / 5000 + 50))
    assert found.value[GAMMA] == pytest.approx(50 / (1000 * 330 / 5000 + 50))
    np.testing.assert_array_equal(found.low, found.high)
    assert found.status.tolist() == ["observed"] * 5 + ["missing"]
    # Gamma has cars and no ship: its branch says the contrary of the activity.
    plain = measured(compute_ranking(tiny, SHIPS), "fabric.specialisation")
    assert plain.value[GAMMA] > found.value[GAMMA]


def test_the_weight_comes_back_from_the_fine_evidence_as_the_country_is_covered(tiny):
    whole = np.where(np.isnan(END) & (np.arange(6) == SIGMA)[:, None], 30.0, END)
    rankings = [
        compute_ranking(facts, SHIPS)
        for facts in (tiny, with_subclasses(tiny, (BETA,)), with_subclasses(tiny, EVERYWHERE, end=whole))
    ]
    # The project is fed at medium voltage: the weight of the grid is shared among the others.
    chosen = rankings[0].chosen["fabric.specialisation"] / (1 - rankings[0].chosen["land.power"])
    # Beta holds 350 of the 590 jobs of the branch.
    parts = [weight(one, "fabric.specialisation") / chosen for one in rankings]
    assert parts == pytest.approx([0.5, 1 - 0.5 * (1 - 350 / 590), 1])
    for one in rankings:
        assert one.weights.sum() == pytest.approx(1)


def test_local_edge_is_that_of_the_activity_over_the_years_of_the_file(tiny):
    whole = np.where(np.isnan(END) & (np.arange(6) == SIGMA)[:, None], 30.0, END)
    ranking = compute_ranking(with_subclasses(tiny, EVERYWHERE, end=whole), SHIPS)
    found = measured(ranking, "dynamics.local")
    # Ships: 260 in 2017, 330 in 2022.
    assert found.value[BETA] == pytest.approx(100 * (300 - 240 * 330 / 260) / (240 + 50))
    assert "Activité : " in told_by(ranking, "dynamics.local", BETA)
    assert "depuis 2017" in told_by(ranking, "dynamics.local", BETA)
    only_one = compute_ranking(with_subclasses(tiny, EVERYWHERE, end=whole, one_year=True), SHIPS)
    assert "Branche : " in told_by(only_one, "dynamics.local", BETA)


def test_neighbours_are_read_on_the_activity_only_when_all_of_them_tell_it(tiny):
    ranking = compute_ranking(with_subclasses(tiny, (BETA, GAMMA)), CARS)
    found = measured(ranking, "fabric.neighbours")
    # Alpha's neighbours, Beta and Gamma, are covered; Beta's are Alpha and Sigma, which are not.
    assert found.facts["is_fine"].tolist() == [True, False, False, False, True, False]
    assert found.facts["jobs"][ALPHA] == 150
    plain = measured(compute_ranking(tiny, CARS), "fabric.neighbours")
    assert found.value[BETA] == plain.value[BETA]
    assert "de l'activité même" in told_by(ranking, "fabric.neighbours", ALPHA)
    assert "de la branche" in told_by(ranking, "fabric.neighbours", BETA)


def test_a_hidden_number_leaves_the_zone_to_its_branch_and_is_never_a_zero(tiny):
    ranking = compute_ranking(with_subclasses(tiny, EVERYWHERE), SHIPS)
    fine = fine_jobs(ranking.facts, ranking.profile.node)
    assert np.isnan(fine.end[SIGMA])
    assert not fine.is_known[SIGMA]
    found = measured(ranking, "fabric.specialisation")
    plain = measured(compute_ranking(tiny, SHIPS), "fabric.specialisation")
    assert found.value[SIGMA] == plain.value[SIGMA]
    assert found.low[SIGMA] < found.value[SIGMA] < found.high[SIGMA]
    assert found.status[SIGMA] == "estimated"
    assert "couverte par le secret" in told_by(ranking, "fabric.specialisation", SIGMA)


class TestOneRegion:
    """Only Beta is covered: the reference of the country is estimated, and nobody is compared in silence."""

    @pytest.fixture
    def ranking(self, tiny):
        return compute_ranking(with_subclasses(tiny, (BETA,)), SHIPS)

    def test_the_reference_leans_on_hires_for_what_is_not_covered(self, ranking):
        fine = fine_jobs(ranking.facts, ranking.profile.node)
        covered = 350 / 590
        # In Beta 300 of 350 vehicle jobs are ships; in the hires all 400 of the branch are.
        assert fine.share_of_branch == pytest.approx(covered * 300 / 350 + (1 - covered) * 1)
        reference = (300 + (590 - 350) * fine.share_of_branch) / 5000
        found = measured(ranking, "fabric.specialisation")
        assert found.value[BETA] == pytest.approx((300 + 50) / (1000 * reference + 50))

    def test_covered_and_uncovered_zones_are_estimated_with_their_own_bars(self, ranking, tiny):
        found = measured(ranking, "fabric.specialisation")
        assert found.status.tolist() == ["estimated"] * 5 + ["missing"]
        bars = np.log(found.high / found.low)[:5] / 2
        np.testing.assert_allclose(bars[[ALPHA, GAMMA, DELTA, SIGMA]], 0.4)
        assert bars[BETA] == pytest.approx(0.4 * (1 - 350 / 590))

    def test_an_uncovered_zone_keeps_the_figure_of_its_branch(self, ranking, tiny):
        plain = compute_ranking(tiny, SHIPS)
        for criterion in ("fabric.specialisation", "dynamics.local"):
            for zone in (ALPHA, GAMMA, DELTA, SIGMA):
                assert measured(ranking, criterion).value[zone] == measured(plain, criterion).value[zone], criterion

    def test_it_is_said_on_the_ranking_and_in_each_sentence(self, ranking):
        assert ranking.grain == "mixed"
        with override("fr"):
            assert "1 bassin (59 % des emplois de la branche), par branche ailleurs" in ranking.grain_note
            assert "prudence" in ranking.grain_note
        assert "activité même (sous-classes, 2022)" in told_by(ranking, "fabric.specialisation", BETA)
        assert "bornes élargies" in told_by(ranking, "fabric.specialisation", ALPHA)

    def test_a_region_filter_moves_no_score(self, ranking):
        filtered = compute_ranking(ranking.facts, replace(SHIPS, region="24"))
        np.testing.assert_array_equal(filtered.score, ranking.score)


@pytest.mark.parametrize("zones", [(), (BETA,), (ALPHA, GAMMA), EVERYWHERE, (*EVERYWHERE, MAYO)], ids=str)
@pytest.mark.parametrize("question", [SHIPS, CARS, COMPONENTS, Question("29", "division")], ids=lambda q: q.activity)
@pytest.mark.parametrize("one_year", [False, True])
def test_the_slow_twin_agrees_whatever_is_covered(tiny, zones, question, one_year):
    agree(with_subclasses(tiny, zones, one_year=one_year), question)


@pytest.mark.parametrize("code", ["26.12Z", "30.11Z"])
def test_an_activity_that_nobody_did_keeps_the_edge_of_its_branch(tiny, code):
    """26.12Z stands in no row of the file; ships are taken out of its first year."""
    loaded = with_subclasses(tiny, EVERYWHERE)
    start = loaded.subclass_jobs.start.copy()
    start[:, NAF.index("30.11Z")] *= 0
    world = altered(loaded, subclass_jobs=replace(loaded.subclass_jobs, start=start))
    question = Question(code, "subclass")
    agree(world, question)
    found, plain = (measured(compute_ranking(one, question), "dynamics.local") for one in (world, tiny))
    np.testing.assert_array_equal(found.value, plain.value)
    assert not found.facts["is_fine"].any()


@pytest.mark.parametrize("zones", [(BETA,), EVERYWHERE], ids=str)
def test_the_order_of_the_zones_does_not_matter(tiny, zones):
    loaded, order = with_subclasses(tiny, zones), np.array([5, 3, 1, 0, 4, 2])
    moved = compute_ranking(permuted(loaded, order), SHIPS)
    np.testing.assert_allclose(moved.score, compute_ranking(loaded, SHIPS).score[order], rtol=0, atol=1e-9)


def generated(facts: Facts, regions: set[str] | None, seed: int = 7) -> Facts:
    """Return facts with jobs by sub-class drawn within the true jobs of each branch, in some regions or everywhere."""
    rng = np.random.default_rng(seed)
    naf = tuple(facts.nomenclature.nodes["section:C"].subclasses)
    end = np.zeros((len(facts.zones), len(naf)))
    branches = [facts.nomenclature.nodes[f"subclass:{code}"].a38[0] for code in naf]
    for branch in sorted(set(branches)):
        columns = [i for i, one in enumerate(branches) if one == branch]
        jobs = facts.private_jobs.end[:, facts.private_jobs.codes.index(branch)]
        shares = rng.dirichlet(np.full(len(columns), 0.2), size=len(facts.zones))
        end[:, columns] = np.nan_to_num(jobs)[:, None] * shares
    is_covered = ~np.isnan(facts.private_jobs.end).all(axis=1)
    if regions is not None:
        is_covered &= np.array([bool(regions & set(zone.region_codes)) for zone in facts.zones])
    start = end * rng.uniform(0.5, 1.5, end.shape)
    start, end = (np.where(is_covered[:, None], table, np.nan) for table in (start, end))
    return altered(facts, subclass_jobs=SubclassTable(naf, (2019, 2024), start, end, is_covered))


@pytest.mark.django_db
@pytest.mark.parametrize(("activity", "regions"), [("32.50B", None), ("26.11Z", {"84", "27"})])
def test_the_slow_twin_agrees_on_generated_jobs_in_the_true_zones(real, regions, activity):
    """With enough zones, the rest of the branch counts among the related and co-location is the activity's own."""
    facts = generated(real, regions)
    agree(facts, Question(activity, "subclass"))
    ranking = compute_ranking(facts, Question(activity, "subclass"))
    assert ranking.grain == ("subclass" if regions is None else "mixed")
    assert ranking.covered_zones >= 30


@pytest.mark.django_db
def test_a_zone_with_none_of_the_activity_cannot_lead_once_the_country_is_known(real):
    facts = generated(real, None)
    ranking = compute_ranking(facts, Question("32.50B", "subclass"))
    fine = fine_jobs(facts, ranking.profile.node)
    none, most = np.flatnonzero(fine.end < 1), int(np.nanargmax(fine.end))
    found = measured(ranking, "fabric.specialisation")
    assert found.value[none].max() < 1
    assert found.value[most] > 1


@pytest.mark.django_db
def test_every_sentence_of_a_mixed_country_is_whole(real):
    from tests.scoring.test_sentences import check

    ranking = compute_ranking(generated(real, {"84", "27"}), Question("32.50B", "subclass"))
    for language in ("fr", "en"):
        with override(language):
            for row in ranking.rows(0, 306):
                for one in row.contributions:
                    if one.criterion in (
                        "fabric.specialisation",
                        "fabric.related",
                        "fabric.neighbours",
                        "dynamics.local",
                    ):
                        check(one.sentence, source=one.place.source)
