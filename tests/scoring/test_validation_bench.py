"""The bench on the built-in edition: nothing leaks, and the figures kept with it are those that it gives."""

from dataclasses import replace
from functools import lru_cache
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from scoring.activity_profile import build_profile
from scoring.definitions import criteria
from scoring.errors import NoEdition
from scoring.facts import Facts
from scoring.validation import groups, results
from scoring.validation.ablation import helps
from scoring.validation.announced import announced_ranks
from scoring.validation.clusters import hidden_scores, known_clusters, without_activity
from scoring.validation.dated import JUDGED_YEARS, START_YEAR, Past, facts_at
from scoring.validation.judging import METRICS
from scoring.validation.masked import NEIGHBOURS, masked_branches, scores, weights_of
from scoring.validation.results import Results, path_of, read_results, rounded, write_results
from scoring.validation.run import Bench, _intervals
from scoring.validation.table import lines
from sources.models import Edition

pytestmark = pytest.mark.django_db


@lru_cache(maxsize=1)
def _bench(content_hash: str) -> Bench:
    from scoring.service import current_facts

    return Bench(current_facts(), Edition.objects.current())


def bench_of(real: Facts) -> Bench:
    return _bench(real.edition.content_hash)


@pytest.fixture
def bench(real: Facts) -> Bench:
    return bench_of(real)


@pytest.fixture
def kept(real: Facts) -> Results:
    found = read_results(real.edition.content_hash)
    assert found is not None, "the built-in edition has its figures: make validate"
    return found


def test_every_criterion_is_in_one_group():
    listed = [*groups.HIDDEN, *groups.DATED, *groups.TODAY, *groups.LATE]
    assert sorted(listed) == sorted(one.id for one in criteria())


def swapped(past: Past, branch: str, zones: tuple[int, int]) -> Past:
    """The same past where two zones have each other's jobs of a branch: the country is unchanged."""
    column = past.columns([branch])[0]
    jobs = {year: table.copy() for year, table in past.jobs.items()}
    for table in jobs.values():
        table[list(zones), column] = table[list(reversed(zones)), column]
    return replace(past, jobs=jobs)


def test_a_basin_never_sees_its_own_jobs_in_the_branch(bench):
    past, folds, branch = bench.past, bench.folds, "CI"
    jobs = past.jobs[START_YEAR][:, past.columns([branch])[0]]
    near = past.facts.distance_km <= 50
    rich = int(np.nanargmax(jobs))
    same_group = np.flatnonzero((folds == folds[rich]) & ~near[rich] & (jobs < 20))
    poor = int(same_group[0])
    assert jobs[rich] > 5000
    first = next(one for one in bench.branches if one.branch == branch)
    second = next(one for one in masked_branches(swapped(past, branch, (rich, poor)), folds) if one.branch == branch)
    assert set(first.cells) == set(second.cells)
    for key, cell in first.cells.items():
        for zone in (rich, poor):
            after = second.cells[key].measured.value[zone]
            assert after == pytest.approx(cell.measured.value[zone], rel=1e-12, nan_ok=True), key
    # The control: what the neighbours of the rich basin read does move.
    beside = np.flatnonzero(near[rich] & (np.arange(len(jobs)) != rich))
    moved = first.cells[NEIGHBOURS].measured.value[beside] - second.cells[NEIGHBOURS].measured.value[beside]
    assert np.abs(moved).max() > 0.05


def test_the_past_holds_nothing_of_later_years(bench):
    past = bench.past
    later = {year: table * 3 if year != START_YEAR else table for year, table in past.jobs.items()}
    changed = facts_at(replace(past, jobs=later), START_YEAR)
    facts = facts_at(past, START_YEAR)
    np.testing.assert_array_equal(changed.private_jobs.end, facts.private_jobs.end)
    np.testing.assert_array_equal(changed.occupations.jobs, facts.occupations.jobs)
    assert np.nansum(facts.private_jobs.end) != np.nansum(past.facts.private_jobs.end)


def test_a_branch_taken_out_is_in_no_total_and_no_occupation(bench):
    whole, without = facts_at(bench.past, START_YEAR), facts_at(bench.past, START_YEAR, without="CL")
    own = whole.private_jobs.end[:, whole.private_jobs.columns(("CL",))[0]]
    gap = whole.private_total - without.private_total
    np.testing.assert_allclose(gap, np.nan_to_num(own) + np.where(np.isnan(gap), np.nan, 0))
    assert without.private_jobs.columns(("CL",)) == []
    assert np.nansum(without.occupations.jobs) == pytest.approx(np.nansum(whole.occupations.jobs) - np.nansum(own))


def test_the_estimated_stock_of_the_past_looks_like_that_of_the_edition(bench):
    past = facts_at(bench.past, START_YEAR).occupations.jobs
    today = bench.facts.occupations.jobs
    known = ~np.isnan(today) & ~np.isnan(past)
    assert np.corrcoef(np.log1p(past[known]), np.log1p(today[known]))[0, 1] > 0.93


def test_hidden_criteria_weigh_nothing_and_weights_sum_to_one(bench):
    for one in bench.branches:
        weights = weights_of(one, groups.VARIANTS["score_late"], bench.facts.data_sets)
        assert sum(weights.values()) == pytest.approx(1)
        assert not set(weights) & set(groups.HIDDEN)
    table = scores(bench.branches, groups.VARIANTS["score"], bench.facts.data_sets)
    assert table.shape == (306, 13) and (table >= 0).all() and (table <= 1).all()


def test_counts_are_those_of_the_data(bench):
    counts = bench.targets.counts
    assert counts["judged"] == 305 * 13
    assert counts["grown"] + counts["grown_clipped"] == 196 and counts["grown_clipped"] > 0
    assert 1400 < counts["specialised"] < 1600
    assert 0 < counts["clipped"] < 60
    assert counts["crossed"] == 67


def test_a_recoded_plant_is_no_growth(bench):
    targets = bench.targets
    gained = targets.grown & targets.clipped
    assert gained.any() and not (gained & targets.judged["grown"]).any()
    assert (gained & targets.judged["specialised"]).any()


def test_the_figures_kept_with_the_edition_are_computed_again(bench, kept):
    """A part that takes seconds: the score and two rivals, judged with every draw."""
    assert kept.counts == bench.targets.counts
    assert kept.draws == bench.draws
    for target, names in (("specialised", ("score", "correlation", "more_fabric")), ("grown", ("score",))):
        judge = bench.judge(target)
        for name in names:
            found = _intervals(judge.measure(bench.fixed_scores[name]))
            for metric in METRICS:
                told, again = kept.targets[target].scores[name][metric], rounded(found[metric])
                assert (again.value, again.low, again.high) == pytest.approx(
                    (told.value, told.low, told.high), abs=1.5e-4
                ), (target, name, metric)


def test_the_announced_intervals_kept_are_computed_again(bench, kept):
    found = announced_ranks(bench.past, bench.judge("specialised"))
    assert found.share.value == pytest.approx(kept.announced[0].share.value, abs=1e-4)
    assert found.width == kept.announced[0].width
    assert kept.announced[0].share.value >= 0.85


def test_the_kept_figures_are_whole_and_readable(kept):
    for target in kept.targets.values():
        for metrics in target.scores.values():
            for one in metrics.values():
                assert one.low <= one.value + 0.05 and one.high >= one.value - 0.05
        assert 0.45 < target.scores["random"]["roc_auc"].value < 0.55
        assert target.controls["shuffled_basins"].low < 0.5 < target.controls["shuffled_basins"].high
    text = "\n".join(lines(kept))
    assert "specialised" in text and "Saint-Claude" in text


def test_a_criterion_is_called_predictive_when_the_bench_says_so(kept):
    """The rule of the method: removing it must lower what is judged within an activity; else it is a preference."""
    gained = kept.targets["specialised"].ablation
    for one in criteria():
        if one.id in groups.HIDDEN or one.id not in gained:
            continue
        # A late input that helps may only be telling the answer.
        best = "to_test" if one.id in groups.LATE else "predictive"
        assert one.kind == (best if helps(gained[one.id]) else "preference"), one.id


def test_plants_of_the_activity_are_hidden_and_its_siblings_kept(bench):
    node = bench.facts.nomenclature.find("32.50B", "subclass")
    left = without_activity(bench.facts, node)
    codes = set(np.array(left.naf_codes)[left.naf_index])
    assert "32.50B" not in codes and "32.50A" in codes
    assert len(left.kind) == len(left.zone) == len(left.naf_index) < len(bench.facts.plants.zone)


def test_a_hidden_cluster_does_not_see_its_own_jobs(bench):
    profile = build_profile(bench.facts.nomenclature.find("26.11Z", "subclass"), bench.facts.nomenclature, None)
    rich, poor = bench.facts.zone("8409"), bench.facts.zone("9401")
    first, _siblings = hidden_scores(bench.past, profile)
    changed, _again = hidden_scores(swapped(bench.past, "CI", (rich, poor)), profile)
    assert changed[rich] == pytest.approx(first[rich], abs=0.02)


def test_known_clusters_name_communes_of_the_edition(bench, kept):
    assert len(kept.clusters) >= len(known_clusters()) >= 9
    assert {one.activity for one in kept.clusters} == {activity for activity, _level, _communes in known_clusters()}
    assert all(1 <= one.rank <= one.zones for one in kept.clusters)


def test_results_are_read_back_and_those_of_another_edition_are_not(kept, tmp_path):
    path = write_results(kept, tmp_path)
    assert path == path_of(kept.edition, tmp_path)
    assert read_results(kept.edition, tmp_path) == kept
    other = kept.edition[:20] + "0" * 44
    assert read_results(other, tmp_path) is None
    assert read_results("f" * 64, tmp_path) is None
    write_results(replace(kept, edition="e" * 64), tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["e" * 16 + ".json"], "one edition at a time"


def test_the_command_prints_the_figures_and_writes_them(kept, tmp_path, monkeypatch):
    from scoring.management.commands import validate

    def made(facts, edition, say):
        say("une étape")
        return kept

    monkeypatch.setattr(validate, "run", made)
    monkeypatch.setattr(validate, "write_results", lambda found: write_results(found, tmp_path))
    out = StringIO()
    call_command("validate", stdout=out)
    assert "une étape…" in out.getvalue() and "roc_auc_within" in out.getvalue()
    assert read_results(kept.edition, tmp_path) == kept


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (NoEdition(), "load_edition"),
        (ModuleNotFoundError("no", name="sklearn"), "sklearn manque"),
        (ValueError("l'édition 2026.1 ne contient pas les emplois privés de 2022."), "2022"),
    ],
)
def test_the_command_says_what_is_missing_and_what_to_do(raised, said, monkeypatch, real):
    from scoring.management.commands import validate

    def fails(*_given):
        raise raised

    monkeypatch.setattr(validate, "run", fails)
    with pytest.raises(CommandError, match=said):
        call_command("validate", stdout=StringIO())


def test_an_edition_without_a_judged_year_is_refused(real, monkeypatch):
    from scoring.validation import dated

    monkeypatch.setattr(dated, "JUDGED_YEARS", (*JUDGED_YEARS, 1999))
    with pytest.raises(ValueError, match="1999"):
        dated.read_past(real, Edition.objects.current())


def test_the_folder_of_results_is_beside_the_edition():
    assert results.FOLDER.parent.name == "fixtures"
