"""Related activities, supply chain and programmes on the tiny world, against numbers worked out by hand."""

from dataclasses import replace
from math import exp, log, sqrt

import numpy as np
import pytest
from django.utils.translation import override

from scoring.activity_profile import build_profile
from scoring.criteria.chain import tradable_branches, trade_shares
from scoring.criteria.related import branch_logs, relatedness
from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking
from tests.scoring.test_criteria import measure
from tests.scoring.world import (
    ALPHA,
    BETA,
    CODES,
    DELTA,
    FLOWS,
    GAMMA,
    HIRES,
    MAYO,
    SIGMA,
    altered,
    nomenclature,
    with_jobs,
    with_value,
)


def weights_of(facts: Facts, code: str) -> dict[str, float]:
    profile = build_profile(facts.nomenclature.find(code), facts.nomenclature, None)
    return relatedness(facts, profile, 50.0)


def test_the_own_branch_is_masked_whatever_the_level(tiny):
    for code in ("26.11Z", "26", "CI"):
        assert weights_of(tiny, code)["CI"] == 0
    assert weights_of(tiny, "C") == {"CI": 0, "CL": 0, "JC": 0}


def test_more_jobs_of_the_activity_itself_do_not_make_related_activities_count_more(tiny):
    before = measure(tiny, "fabric.related", "30.11Z").value
    after = measure(with_jobs(tiny, {(BETA, "CL"): 351}), "fabric.related", "30.11Z").value
    # The zone has one more job in all, so that its other branches weigh a hair less.
    np.testing.assert_allclose(after, before, rtol=1e-2)


def test_in_a_branch_that_merges_divisions_the_occupations_count_alone(tiny):
    # Ships hire turners only (scored); CI hires 70 turners of 120, leaning on its section.
    profile = build_profile(tiny.nomenclature.find("30.11Z"), tiny.nomenclature, None)
    turners = float(profile.scored_shares[0])
    section = np.array([370, 20, 130]) / 520
    electronics = (np.array([70, 20, 30]) + 150 * section) / 270
    rare = np.log([370 / 570, 20 / 570]) / log(0.001)
    needs = np.array([turners, 1 - turners])
    expected = (rare * np.minimum(needs, electronics[:2])).sum() / (rare * needs).sum()
    assert weights_of(tiny, "30.11Z")["CI"] == pytest.approx(expected)


def test_density_is_the_geometric_mean_of_held_quotients(tiny):
    found = measure(tiny, "fabric.related", "30.11Z")
    codes, logs = branch_logs(tiny, 50.0)
    weights = np.array([weights_of(tiny, "30.11Z")[code] for code in codes])
    held = np.clip(logs, -log(2), log(2))
    assert found.value[ALPHA] == pytest.approx(exp((held[ALPHA] * weights).sum() / weights.sum()))
    assert found.value[GAMMA] == pytest.approx(0.5)  # no electronics at all: held at half
    # Only electronics share an occupation with ships, and Sigma does not tell its own: nothing is known of it.
    assert [code for code, weight in zip(codes, weights, strict=True) if weight] == ["CI"]
    assert found.status.tolist() == ["observed"] * 4 + ["missing"] * 2


def test_a_related_branch_that_is_not_told_leaves_the_mean_to_the_others_and_says_so(tiny):
    world = altered(tiny, nomenclature=nomenclature((*HIRES, ("62.01Z", "D1Z", 50))))
    found = measure(world, "fabric.related", "30.11Z")
    codes, logs = branch_logs(world, 50.0)
    assert found.value[SIGMA] == pytest.approx(exp(np.clip(logs[SIGMA, codes.index("JC")], -log(2), log(2))))
    assert found.status.tolist() == ["observed"] * 4 + ["estimated", "missing"]


def test_the_sentence_names_what_lifts_the_zone_with_its_jobs(tiny):
    with override("fr"):
        row = compute_ranking(tiny, Question("30.11Z", "subclass")).basin(CODES[ALPHA])
        text = next(one.sentence for one in row.contributions if one.criterion == "fabric.related")
    assert "« Produits électroniques » (450 emplois)" in text
    with override("fr"):
        row = compute_ranking(tiny, Question("30.11Z", "subclass")).basin(CODES[BETA])
        text = next(one.sentence for one in row.contributions if one.criterion == "fabric.related")
    assert "Aucune branche apparentée n'est plus présente ici" in text


# The chain


def test_the_chain_holds_goods_only_and_leaves_the_own_branch_out(tiny):
    assert tradable_branches(tiny) == ("AZ", "CI", "CL")
    suppliers, customers = trade_shares(tiny, ("CI",))
    assert suppliers == {"AZ": 0, "CL": 1}  # CL sells 10 to CI; 40 from itself and 30 from JC do not count
    assert customers == {"AZ": 2 / 32, "CL": 30 / 32}


def test_chain_compares_what_is_reached_of_it_with_what_is_reached_of_all(tiny):
    found = measure(tiny, "fabric.chain")
    weights = {"AZ": 1 / 32, "CL": (1 + 30 / 32) / 2}
    jobs = {"AZ": [20, 40, 100, 5, 30, 0], "CL": [50, 350, 100, 0, 90, 0]}
    total = [2000, 1000, 1000, 500, 500, 0]

    def expected(decay: float) -> float:
        near = [exp(-km / decay) for km in (0, 30, 50, 9000, 70, 8000)]
        share = sum(
            w * sum(n * j for n, j in zip(near, jobs[c], strict=True)) / sum(jobs[c]) for c, w in weights.items()
        )
        reached = sum(n * t for n, t in zip(near, total, strict=True))
        return (5000 * share + 20000) / (reached + 20000)

    assert found.value[ALPHA] == pytest.approx(expected(75))
    ends = sorted(expected(km) for km in (50, 75, 100))
    assert (found.low[ALPHA], found.high[ALPHA]) == pytest.approx((ends[0], ends[2]))
    assert found.status.tolist() == ["estimated"] * 5 + ["missing"]
    assert np.isnan(found.value[MAYO])


def test_the_activities_of_one_branch_have_one_chain(tiny):
    one, other = measure(tiny, "fabric.chain", "29.10Z"), measure(tiny, "fabric.chain", "30.11Z")
    np.testing.assert_array_equal(one.value, other.value)


def test_a_chain_that_trades_no_good_is_missing_for_all(tiny):
    empty = replace(tiny.flows, total=np.zeros_like(FLOWS))
    assert set(measure(altered(tiny, flows=empty), "fabric.chain").status) == {"missing"}


def test_the_sentence_names_supplier_and_customer_with_jobs_within_reach(tiny):
    with override("fr"):
        row = compute_ranking(tiny, Question("26.11Z", "subclass")).basin(CODES[GAMMA])
        text = next(one.sentence for one in row.contributions if one.criterion == "fabric.chain")
    # Gamma, Alpha at 50 km and Beta at 60: 100 + 50 + 350 jobs in vehicles.
    assert "« Matériels de transport » qui fournit et achète (500 emplois)" in text


# The programmes


def test_programmes_are_the_mean_of_two_marks_and_stay_open_where_one_is_unknown(tiny):
    found = measure(tiny, "dynamics.programmes")
    # 100 % and half of twice the national rate; 40 % and full; 0 and full, held; 80 % and unknown; 50 % and none.
    assert found.value[:5].tolist() == pytest.approx([75, 70, 50, 65, 25])
    assert (found.low[DELTA], found.high[DELTA]) == pytest.approx((40, 90))
    assert found.low[ALPHA] == found.high[ALPHA]
    assert found.status.tolist() == ["estimated"] * 5 + ["missing"]


def test_programmes_say_the_grain_of_the_rate_and_who_is_out(tiny):
    def told(facts: Facts, index: int) -> str:
        with override("fr"):
            row = compute_ranking(facts, Question("26.11Z", "subclass")).basin(CODES[index])
            return next(one.sentence for one in row.contributions if one.criterion == "dynamics.programmes")

    assert "Hors des Territoires d'industrie" in told(tiny, GAMMA)
    assert "par département" in told(tiny, GAMMA)
    assert "80 % de la population" in told(tiny, DELTA)
    assert "France Relance" not in told(tiny, DELTA)
    blind = with_value(tiny, "economy.industry_territory_share_pct", ALPHA, np.nan, "missing")
    assert "Territoire" not in told(blind, ALPHA)


def test_twice_the_national_rate_is_the_full_mark(real):
    """The threshold is written in the definition: it must stay what the figures of the edition give."""
    from economy.models import DepartmentAid
    from scoring.definitions import criterion
    from sources.models import Edition

    rows = DepartmentAid.objects.of(Edition.objects.current()).filter(industrial_jobs__isnull=False)
    firms, jobs = map(sum, zip(*rows.values_list("firms", "industrial_jobs"), strict=True))
    national = 1000 * firms / jobs
    assert criterion("dynamics.programmes").parameters["full_rate"] == pytest.approx(2 * national, abs=0.05)


def test_geometric_mean_of_the_two_relatednesses_by_hand(tiny):
    """A world where electronics and programming are found together in Alpha and Beta alone."""
    jobs = {(zone, branch): 10.0 for zone in range(5) for branch in ("CI", "CL", "JC")}
    jobs |= {(zone, branch): 1000.0 for zone in (ALPHA, BETA) for branch in ("CI", "JC")}
    jobs |= {(zone, "CL"): 1000.0 for zone in (GAMMA, DELTA, SIGMA)}
    hires = (*HIRES, ("62.01Z", "D1Z", 50))
    world = altered(with_jobs(tiny, jobs), nomenclature=nomenclature(hires))
    # R = 2 x 5 / (2 x 2) = 2.5 between CI and JC; they never meet CL.
    found = weights_of(world, "26")
    assert found["CL"] == 0
    profile = build_profile(world.nomenclature.find("26"), world.nomenclature, None)
    # JC hires 50 turners and 50 shop assistants, and so does its section; 420 turners and 20 engineers of 620 in all.
    rare = np.log(np.array([420, 20]) / 620) / log(0.001)
    needs = profile.scored_shares[:2]
    shared = (rare * np.minimum(needs, [0.5, 0])).sum() / (rare * needs).sum()
    assert shared > 0.1
    assert found["JC"] == pytest.approx(sqrt(shared * 1.5 / 3.5))
