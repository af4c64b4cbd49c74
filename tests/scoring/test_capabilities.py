"""What people of a basin can do: the row of each family on the built-in edition, and its rules on the tiny world."""

import numpy as np
import pytest

from scoring.capabilities import (
    LEAST_JOBS,
    LEAST_QUOTIENT,
    RARE_SHARE,
    SHRINK,
    trades_of_family,
    zone_capabilities,
)
from scoring.errors import NotFound
from scoring.facts import Facts
from skills.families import LEVELS, families
from skills.models import Tightness, ZoneDepartment, ZoneHiring
from skills.trades import trades
from sources.models import Edition

pytestmark = pytest.mark.django_db


def test_a_family_has_the_trades_that_hold_its_detailed_codes():
    assert trades_of_family("D2Z") == ("sheet_metal",)
    assert set(trades_of_family("D1Z")) == {"machining"}
    assert trades_of_family("R1Z") == ()
    assert {trade for code in families() for trade in trades_of_family(code)} == set(trades())


def codes_of(real: Facts) -> list[str]:
    return [one.code for one in real.zones if one.code != "0601"][::40]


def test_every_scored_family_has_a_row_and_the_most_concentrated_comes_first(real):
    scored = {code for code, family in families().items() if family.is_scored}
    for code in codes_of(real):
        rows = zone_capabilities(real, code)
        assert {row.code for row in rows} == scored
        assert [row.quotient for row in rows] == sorted((row.quotient for row in rows), reverse=True)


def test_numbers_are_those_of_the_stock_by_another_road(real):
    table = real.occupations
    france = sum(sum(column for column in row if column == column) for row in table.jobs.tolist())
    for code in codes_of(real):
        place = real.zone_index[code]
        total = sum(table.jobs[place].tolist())
        for row in zone_capabilities(real, code):
            column = table.codes.index(row.code)
            everywhere = [one for one in table.jobs[:, column].tolist() if one == one]
            national = sum(everywhere) / france
            assert row.jobs == table.jobs[place, column]
            assert row.quotient == pytest.approx(row.jobs / total / national)
            expected = total * national
            smoothed = (row.jobs + SHRINK) / (expected + SHRINK)
            assert row.is_rare == (national < RARE_SHARE and row.jobs >= LEAST_JOBS and smoothed >= LEAST_QUOTIENT)
            ahead = sum(
                jobs / size > row.jobs / total * (1 + 1e-12)
                for jobs, size in zip(table.jobs[:, column], np.nansum(table.jobs, axis=1), strict=True)
                if jobs == jobs
            )
            assert row.national_rank == ahead + 1
            assert row.ranked == len(everywhere)


def test_levels_of_a_family_sum_to_one_and_stand_for_production_and_maintenance_only(real):
    for row in zone_capabilities(real, codes_of(real)[0]):
        assert bool(row.levels) == families()[row.code].is_industrial
        assert {level for level, _share in row.levels} <= set(LEVELS)
        assert not row.levels or sum(share for _level, share in row.levels) == pytest.approx(1)


def test_the_category_is_that_of_the_main_department_or_of_the_area_around_it(real):
    edition = Edition.objects.get(content_hash=real.edition.content_hash)
    published = {(one.grain, one.area_code, one.family_code): one.category for one in Tightness.objects.of(edition)}
    for code in codes_of(real):
        parts = ZoneDepartment.objects.of(edition).filter(zone__code=code).order_by("-jobs_share", "department_id")
        main = parts[0].department
        for row in zone_capabilities(real, code):
            ladder = [("department", main.code), ("region", main.region_id), ("country", "")]
            known = [step for step in ladder if (*step, row.code) in published]
            told = (row.tightness.grain, row.tightness.area_code)
            assert told == (known[0] if known else ("", ""))
            assert row.tightness.category == (published[*known[0], row.code] if known else None)


def test_hiring_rows_are_those_of_the_survey_with_their_status(real):
    edition = Edition.objects.get(content_hash=real.edition.content_hash)
    code = codes_of(real)[0]
    by_key = {(one.trade, one.year): one for one in ZoneHiring.objects.of(edition).filter(zone__code=code)}
    for row in zone_capabilities(real, code):
        assert [(one.trade, one.year) for one in row.hiring] == [
            (trade, year) for trade in trades_of_family(row.code) for year in (2023, 2025)
        ]
        for one in row.hiring:
            stored = by_key[one.trade, one.year]
            assert (one.value, one.low, one.high, one.status) == (
                stored.value, stored.low, stored.high, stored.status
            )  # fmt: skip
            assert (one.hard_pct, one.hard_status) == (stored.hard_pct, stored.hard_status)
            assert (one.hard_pct is None) == (one.hard_status in ("suppressed", "missing"))


def test_a_trade_learnt_at_work_has_no_training(real):
    rows = {row.code: row for row in zone_capabilities(real, codes_of(real)[0])}
    assert rows["J0Z"].trained_people is None
    assert rows["D1Z"].trained_people is not None
    assert rows["D1Z"].trained_km == 40


def test_national_figures_have_a_wage_and_a_tightness_by_year(real):
    rows = {row.code: row for row in zone_capabilities(real, codes_of(real)[0])}
    national = rows["D1Z"].national
    assert national.median_wage_eur == 1841  # Dares, portrait of the family, 2017-2019
    assert [year for year, _index in national.tightness] == list(range(2011, 2020))
    assert [year for year, _jobs in national.jobs] == list(range(2009, 2019))
    assert national.specialities[0][0].startswith("Mécanique générale")
    assert rows["K0Z"].national.tightness == ()


def test_a_basin_without_stock_has_no_row_and_an_unknown_one_is_refused(real):
    assert zone_capabilities(real, "0601") == ()
    with pytest.raises(NotFound):
        zone_capabilities(real, "9999")


def test_the_page_asks_few_questions(real, django_assert_max_num_queries):
    code = codes_of(real)[1]
    zone_capabilities(real, code)
    with django_assert_max_num_queries(2):
        zone_capabilities(real, code)
