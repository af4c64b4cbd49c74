"""What is known of an activity: its branch, its traces, its relatives; the figures its criteria read."""

import numpy as np
import pytest

from economy.models import Plant
from scoring.activity_profile import FRAGILE_HIRES, default_evidence, profile_defaults
from scoring.activity_sheet import (
    branches,
    lineage,
    occupation_hires,
    relatives,
    trace_plants,
    trading_branches,
    zone_traces,
)
from scoring.criteria.chain import tradable_branches
from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking, rank
from skills.models import ActivityHire
from tests.scoring.world import ALPHA, BETA, MAYO, SIGMA


def test_a_branch_is_wider_unless_the_activity_is_the_whole_of_it(tiny: Facts) -> None:
    nodes = tiny.nomenclature.nodes
    assert branches(tiny, nodes["subclass:26.11Z"]).is_wider
    assert [one.code for one in branches(tiny, nodes["subclass:30.11Z"]).cards] == ["CL"]
    for key in ("division:26", "a38:CI", "section:C", "a17:C3"):
        assert not branches(tiny, nodes[key]).is_wider, key


def test_the_lineage_goes_up_to_the_section_and_down_one_level(tiny: Facts) -> None:
    above, below = lineage(tiny, tiny.nomenclature.nodes["division:26"])
    assert [one.code for one in above] == ["C", "CI"]
    assert [one.code for one in below] == ["26.1", "26.5"]
    assert lineage(tiny, tiny.nomenclature.nodes["subclass:26.11Z"])[1] == ()


def test_traces_are_the_figures_that_the_criteria_read(tiny: Facts) -> None:
    traces = zone_traces(compute_ranking(tiny, Question("26.11Z", "subclass")))
    assert [one.jobs for one in traces[:4]] == [450, 50, 0, 10]
    assert (traces[SIGMA].jobs, traces[SIGMA].status) == (None, "suppressed")
    assert (traces[MAYO].jobs, traces[MAYO].status) == (None, "missing")
    # Alpha holds the heritage firm of the activity and the plant of its group.
    assert (traces[ALPHA].exact_count, traces[ALPHA].near_count) == (1, 1)
    assert (traces[BETA].exact_count, traces[BETA].near_count) == (0, 0)
    expected = 2000 * 510 / 4500
    assert traces[ALPHA].expected == pytest.approx(expected)
    assert traces[ALPHA].quotient == pytest.approx((450 + 50) / (expected + 50))


@pytest.mark.parametrize("code", ["25.62A", "27.20Z", "CH", "C"])
def test_plants_of_the_activity_come_first(real: Facts, code: str) -> None:
    node = real.nomenclature.find(code)
    plants, count = trace_plants(rank(real, Question(node.code, node.level)))
    weights = [one.weight for one in plants]
    assert weights == sorted(weights, reverse=True)
    exact = Plant.objects.filter(edition__is_current=True, naf_code__in=node.subclasses).count()
    assert sum(one.weight == 1.0 for one in plants) == min(exact, len(plants)) and count >= exact


def test_occupations_are_the_hires_of_the_edition(real: Facts) -> None:
    rows, count = occupation_hires(real, real.nomenclature.find("25.62A"))
    hires = ActivityHire.objects.filter(edition__is_current=True, naf_code="25.62A")
    assert count == hires.count()
    assert rows[0].hires == max(hires.values_list("hires", flat=True))
    total = sum(hires.values_list("hires", flat=True))
    assert rows[0].share == pytest.approx(rows[0].hires / total)


def test_relatives_are_near_symmetric_and_never_thin(real: Facts) -> None:
    node = real.nomenclature.find("25.62A")
    found = relatives(real, node)
    assert found and found.compared.code == "25.62A"
    overlaps = [one.overlap for one in found.found]
    assert overlaps == sorted(overlaps, reverse=True) and all(0 < one < 1 for one in overlaps)
    assert all(one.hires >= FRAGILE_HIRES and one.shared and one.sector.code != "25.62A" for one in found.found)
    back = relatives(real, real.nomenclature.find(found.found[0].sector.code))
    assert back is not None
    shared = {one.sector.code: one.overlap for one in back.found}
    assert shared.get("25.62A", overlaps[0]) == pytest.approx(overlaps[0])


def test_an_activity_of_few_hires_is_compared_through_the_one_above(real: Facts) -> None:
    hires = {one.code: real.nomenclature.hires[one.key].sum() for one in real.nomenclature.nodes.values()}
    thin = next(one for one in real.nomenclature.nodes.values() if one.level == "subclass" and not hires[one.code])
    found = relatives(real, thin)
    assert found and found.compared.level != "subclass"
    assert all(one.sector.level == found.compared.level for one in found.found)


def test_trade_is_shares_of_goods_without_the_branch_itself(real: Facts) -> None:
    node = real.nomenclature.find("25.62A")
    suppliers, customers = trading_branches(real, node)
    for side in (suppliers, customers):
        shares = [one.share for one in side]
        assert shares == sorted(shares, reverse=True) and 0 < sum(shares) <= 1 + 1e-9
        assert "CH" not in {one.card.code for one in side}
    # The slow way: what the branch buys from the first, over what it buys from every other branch of goods.
    flows, codes = real.flows, tradable_branches(real)
    column = flows.codes.index("CH")
    bought = {code: flows.total[flows.codes.index(code), column] for code in codes if code != "CH"}
    first = max(bought, key=lambda code: bought[code])
    assert suppliers[0].card.code == first
    assert suppliers[0].share == pytest.approx(bought[first] / sum(bought.values()))
    assert all(one.imported is None or 0 <= one.imported <= 1 for one in suppliers)
    assert all(one.imported is None for one in customers)


def test_evidence_of_each_default_is_told(real: Facts) -> None:
    for node in real.nomenclature.nodes.values():
        evidence = default_evidence(profile_defaults(node))
        assert set(evidence) == {"jobs", "hectares", "mw", "modes"} and set(evidence.values()) <= {"P", "E"}


def test_an_unknown_trace_is_never_zero(real: Facts) -> None:
    traces = zone_traces(rank(real, Question("CH", "a38")))
    jobs = real.private_jobs.end[:, real.private_jobs.columns(("CH",))][:, 0]
    assert [one.jobs is None for one in traces] == np.isnan(jobs).tolist()
