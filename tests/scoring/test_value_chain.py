"""The chain of an activity: shares, coefficients and rings that must add up, unknowns that stay unknown."""

from dataclasses import replace

import numpy as np
import pytest

from economy.models import BranchFlow
from scoring.facts import Facts
from scoring.value_chain import FAR_KM, LEAST_SHARE, NEAR_KM, ValueChain, around, chains_with, value_chain
from sources.models import Edition


def chain(facts: Facts, code: str, level: str | None = None) -> ValueChain:
    found = value_chain(facts, facts.nomenclature.find(code, level))
    assert found is not None
    return found


def test_coefficients_are_those_of_the_table(real: Facts) -> None:
    stored = BranchFlow.objects.of(Edition.objects.current()).filter(customer="CJ")
    by_code = dict(stored.values_list("supplier", "input_coefficient"))
    found = chain(real, "27.20Z")
    for one in found.suppliers:
        # The table keeps six decimals.
        assert one.coefficient == pytest.approx(by_code["+".join(one.codes)], abs=2e-6)
    assert found.bought == pytest.approx(sum(by_code.values()), abs=5e-5)


@pytest.mark.parametrize(("code", "level"), [("27.20Z", None), ("14.13Z", None), ("C", "section"), ("52.10B", None)])
def test_shares_sum_to_one_and_are_listed_largest_first(real: Facts, code: str, level: str | None) -> None:
    found = chain(real, code, level)
    for side in (found.suppliers, found.customers):
        shares = [one.share for one in side]
        assert sum(shares) == pytest.approx(1)
        assert shares == sorted(shares, reverse=True)
    assert 0 < found.bought < 1
    assert found.imported is not None and 0 < found.imported < 1


def test_an_origin_that_cannot_be_read_is_unknown_not_imported(real: Facts) -> None:
    found = chain(real, "14.13Z")
    textile = next(one for one in found.suppliers if one.codes == ("CB",))
    assert textile.is_own and textile.imported is None and not textile.is_critical
    assert found.unread >= textile.share
    chemicals = next(one for one in found.suppliers if one.codes == ("CE",))
    assert chemicals.imported == pytest.approx(
        float(
            BranchFlow.objects.of(Edition.objects.current()).get(supplier="CE", customer="CB").imported_musd
            / BranchFlow.objects.of(Edition.objects.current()).get(supplier="CE", customer="CB").total_musd
        )
    )


def test_rings_hold_every_known_job_once(real: Facts) -> None:
    found = chain(real, "27.20Z")
    rows = around(real, "3213", found.suppliers)
    assert {one.trade for one in rows} == {one for one in found.suppliers if one.share >= LEAST_SHARE}
    for one in rows:
        columns = real.private_jobs.columns(one.trade.codes)
        national = np.nansum(real.private_jobs.end[:, columns].sum(axis=1))
        parts = [one.inside, one.near.jobs, one.far.jobs, one.beyond.jobs]
        assert sum(part or 0 for part in parts) == pytest.approx(national)
    metals = next(one for one in rows if one.trade.codes == ("CH",))
    dunkirk, distance = real.zone("3213"), real.distance_km[real.zone("3213")]
    jobs = real.private_jobs.end[:, real.private_jobs.columns(("CH",))[0]]
    assert metals.inside == jobs[dunkirk]
    assert metals.near.jobs == sum(j for j, d in zip(jobs, distance, strict=True) if 0 < d <= NEAR_KM and j == j)
    assert metals.far.jobs == sum(j for j, d in zip(jobs, distance, strict=True) if NEAR_KM < d <= FAR_KM and j == j)


def test_a_basin_whose_jobs_are_not_known_says_so(real: Facts) -> None:
    found = chain(real, "27.20Z")
    jobs = real.private_jobs
    column, place = jobs.columns(("CH",))[0], real.zone("3213")
    end, status = jobs.end.copy(), jobs.end_status.astype("U10")
    end[place, column], status[place, column] = np.nan, "suppressed"
    hidden = replace(real, private_jobs=replace(jobs, end=end, end_status=status))
    metals = next(one for one in around(hidden, "3213", found.suppliers) if one.trade.codes == ("CH",))
    assert metals.inside is None and metals.inside_status == "suppressed" and metals.unknown_zones == 1


def test_where_nothing_is_known_nothing_is_counted(real: Facts) -> None:
    found = chain(real, "27.20Z")
    for one in around(real, "0601", found.suppliers):
        assert one.inside is None and one.quotient is None and one.unknown_zones == 1
        assert (one.near.zones, one.near.jobs, one.near.unknown) == (0, 0.0, 0), "no basin is not an unknown one"
    jobs = real.private_jobs
    end = jobs.end.copy()
    distance = real.distance_km[real.zone("3213")]
    end[distance <= NEAR_KM] = np.nan
    hidden = replace(real, private_jobs=replace(jobs, end=end))
    metals = next(one for one in around(hidden, "3213", found.suppliers) if one.trade.codes == ("CH",))
    assert metals.near.zones == metals.near.unknown > 0
    assert metals.near.jobs is None and metals.quotient is None
    assert metals.far.jobs and not metals.far.unknown
    nowhere = replace(real, private_jobs=replace(jobs, end=np.full_like(jobs.end, np.nan)))
    metals = next(one for one in around(nowhere, "3213", found.suppliers) if one.trade.codes == ("CH",))
    assert metals.beyond.jobs is None and metals.quotient is None


def test_a_branch_without_flows_has_no_chain(real: Facts) -> None:
    assert value_chain(real, real.nomenclature.find("99.00Z", None)) is None


def test_a_chain_to_start_from_is_found_by_any_of_its_steps(real: Facts) -> None:
    batteries = chains_with(real.nomenclature.find("27.20Z", None))
    assert [one.id for one in batteries] == ["batteries"]
    assert chains_with(real.nomenclature.find("01.11Z", None)) == ()
