"""What people of a basin can do: one row an occupation family, with everything known of it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from measures.arrays import Flags
from measures.concentration import is_rare_here
from measures.quotient import location_quotient
from scoring.cells import FloatArray, known, sum_known
from scoring.criteria.hiring import near_supply, people_trained
from scoring.definitions import criterion
from scoring.facts import Facts
from skills.families import Family, families
from skills.models import ZoneHiring
from skills.queries import (
    family_context_frame,
    family_levels_frame,
    region_of_department,
    tightness_frame,
    zone_department_shares,
)
from skills.trades import FAP_2009, trades
from skills.training import supplies
from sources.models import Edition

# Rare: under half a percent of the country's jobs, some 130,000. Concentrated: twice what the basin's size would give,
# both raised by 50 jobs, and a hundred jobs at least.
RARE_SHARE, LEAST_QUOTIENT, LEAST_JOBS, SHRINK = 0.005, 2.0, 100.0, 50.0


@dataclass(frozen=True)
class LocalTightness:
    """Tightness of a family in a basin: the index, the country's, and the category (1 low to 5 high).

    `grain` and `area_code` say whose category it is: the department that holds most of the basin's jobs, or the
    region or country where it publishes none. None index: not followed, or not there.
    """

    index: float | None
    national_index: float | None
    category: int | None
    grain: str
    area_code: str


@dataclass(frozen=True)
class TradeHiring:
    """Hiring projects of a trade in a survey: `low` and `high` bound them where stars hide some.

    `hard_pct` is the share judged hard to fill, None with its status where secrecy leaves it too open.
    """

    trade: str
    label: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    status: str
    hard_pct: float | None
    hard_status: str


@dataclass(frozen=True)
class NationalFigures:
    """A family in the country: median net wage (€ a month), jobs and tightness by year, specialities held (%)."""

    median_wage_eur: float | None
    wage_period: str
    wage_status: str
    jobs: tuple[tuple[int, float], ...]
    tightness: tuple[tuple[int, float], ...]
    specialities: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Capability:
    """An occupation family in a basin. `jobs` is an estimate, right within `error_share` (0.4: 40 % either way).

    `quotient`: its share here over its share in France; `national_rank` by it, 1 the most concentrated, among
    `ranked` basins. `levels`: (level, share 0-1) of its jobs, empty outside production and maintenance. `hiring`: a
    row a trade and survey; a trade may gather several families. `trained_people`: a year, within `trained_km`; None
    when the trade is learnt at work.
    """

    code: str
    label: str
    role: str
    levels: tuple[tuple[str, float], ...]
    jobs: float
    error_share: float
    quotient: float
    national_rank: int
    ranked: int
    is_rare: bool
    tightness: LocalTightness
    hiring: tuple[TradeHiring, ...]
    trained_people: float | None
    trained_km: float
    national: NationalFigures


@dataclass(frozen=True, eq=False)
class _Tables:
    """What all basins share: quotients and rarity (n, f), and the tables read once per edition."""

    quotients: FloatArray
    is_rare: Flags
    levels: dict[str, tuple[tuple[str, float], ...]]
    context: dict[str, NationalFigures]
    categories: dict[tuple[str, str, str], int]  # grain, area, family
    department: dict[str, str]  # zone -> the one that holds most of its jobs
    region: dict[str, str]  # department -> region


def zone_capabilities(facts: Facts, zone_code: str) -> tuple[Capability, ...]:
    """Return the scored occupation families of a basin, the most concentrated first; raises `NotFound`.

    Empty where no stock is known (Mayotte).
    """
    index = facts.zone(zone_code)
    table = facts.occupations
    if np.isnan(table.jobs[index]).all():
        return ()
    shared = _tables(facts)
    hiring = _hiring_by_trade(facts, zone_code)
    kept = [(i, families()[code]) for i, code in enumerate(table.codes) if code in families()]
    rows = [_capability(facts, shared, hiring, index, i, family) for i, family in kept if family.is_scored]
    return tuple(sorted(rows, key=lambda row: (-row.quotient, row.code)))


def family_strengths(facts: Facts) -> tuple[FloatArray, Flags]:
    """Return the quotient of each occupation family in each basin (n, f), and whether it is a rare one held there."""
    shared = _tables(facts)
    return shared.quotients, shared.is_rare


def _capability(
    facts: Facts, shared: _Tables, hiring: dict[str, tuple[TradeHiring, ...]], index: int, column: int, family: Family
) -> Capability:
    quotients = shared.quotients[:, column]
    own = trades_of_family(family.code)
    training = criterion("skills.training").parameters
    return Capability(
        code=family.code,
        label=str(family.label),
        role=family.role,
        levels=shared.levels.get(family.code, ()),
        jobs=float(facts.occupations.jobs[index, column]),
        error_share=float(facts.occupations.error_share[index, column]),
        quotient=float(quotients[index]),
        national_rank=int(np.nansum(quotients > quotients[index])) + 1,
        ranked=int((~np.isnan(quotients)).sum()),
        is_rare=bool(shared.is_rare[index, column]),
        tightness=_tightness(facts, shared, index, family.code),
        hiring=tuple(row for trade in own for row in hiring.get(trade, ())),
        trained_people=_trained(facts, own, index, training["radius_km"], training["places"]),
        trained_km=training["radius_km"],
        national=shared.context.get(family.code, NationalFigures(None, "", "missing", (), (), ())),
    )


def trades_of_family(family_code: str) -> tuple[str, ...]:
    """Return the trades of `skills/data/trades.toml` that hold a detailed code of the family."""
    return tuple(
        trade.code for trade in trades().values() if any(code[:3] == family_code for code in trade.codes[FAP_2009])
    )


def _trained(
    facts: Facts, own: tuple[str, ...], index: int, radius_km: float, places: Mapping[str, float]
) -> float | None:
    wanted = tuple(dict.fromkeys(supplies()[trade] for trade in own if trade in supplies()))
    if not wanted or not len(facts.training.kind):
        return None
    return float(people_trained(near_supply(facts.training, radius_km), wanted, places)[index])


def _tightness(facts: Facts, shared: _Tables, index: int, family: str) -> LocalTightness:
    table = facts.tightness
    if family not in table.codes:
        return LocalTightness(None, None, None, "", "")
    column = table.codes.index(family)
    category, grain, area = _category(shared, facts.zones[index].code, family)
    return LocalTightness(known(table.index[index, column]), known(table.national[column]), category, grain, area)


def _category(shared: _Tables, zone_code: str, family: str) -> tuple[int | None, str, str]:
    """Return the category of the main department of a zone, or of its region or the country, and whose it is."""
    department = shared.department.get(zone_code, "")
    areas = (("department", department), ("region", shared.region.get(department, "")), ("country", ""))
    found = next((area for area in areas if (*area, family) in shared.categories), None)
    return (shared.categories[*found, family], *found) if found else (None, "", "")


def _hiring_by_trade(facts: Facts, zone_code: str) -> dict[str, tuple[TradeHiring, ...]]:
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    rows = ZoneHiring.objects.of(edition).filter(zone__code=zone_code).order_by("trade", "year")
    found: dict[str, list[TradeHiring]] = {}
    for row in rows:
        if row.trade in trades():
            found.setdefault(row.trade, []).append(
                TradeHiring(
                    row.trade,
                    str(trades()[row.trade].label),
                    *(row.year, row.value, row.low, row.high, row.status, row.hard_pct, row.hard_status),
                )
            )
    return {trade: tuple(of_trade) for trade, of_trade in found.items()}


@lru_cache(maxsize=2)
def _tables(facts: Facts) -> _Tables:
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    jobs = facts.occupations.jobs
    totals = sum_known(jobs)
    national = np.nansum(jobs, axis=0) / np.nansum(jobs)
    return _Tables(
        quotients=location_quotient(jobs, totals, national),
        is_rare=is_rare_here(
            *(jobs, national, totals),
            most_share=RARE_SHARE,
            least_quotient=LEAST_QUOTIENT,
            least_jobs=LEAST_JOBS,
            shrink=SHRINK,
        ),
        levels=_levels(family_levels_frame(edition)),
        context=_national_figures(family_context_frame(edition)),
        categories=_categories(tightness_frame(edition)),
        department=_main_departments(zone_department_shares(edition)),
        region=dict(region_of_department()),
    )


def _categories(rows: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    keys = zip(rows["grain"], rows["area_code"], rows["family_code"], strict=True)
    return dict(zip(keys, rows["category"].tolist(), strict=True))


def _main_departments(shares: pd.DataFrame) -> dict[str, str]:
    ordered = shares.sort_values(["jobs_share", "department"], ascending=[False, True])
    return dict(ordered.drop_duplicates("zone").set_index("zone")["department"])


def _levels(rows: pd.DataFrame) -> dict[str, tuple[tuple[str, float], ...]]:
    return {
        str(family): tuple(zip(table["level"], table["share"].astype(float), strict=True))
        for family, table in rows.groupby("family")
    }


def _national_figures(context: pd.DataFrame) -> dict[str, NationalFigures]:
    found = {}
    for family, rows in context.groupby("family"):
        by_measure = {str(measure): table for measure, table in rows.groupby("measure")}
        none = rows.iloc[:0]
        wage = by_measure.get("median_wage_eur", none)
        held = by_measure.get("speciality_pct", none).sort_values(["value", "item"], ascending=[False, True])
        found[str(family)] = NationalFigures(
            median_wage_eur=None if wage["value"].isna().all() else float(wage["value"].iloc[0]),
            wage_period="" if wage.empty else str(wage["item"].iloc[0]),
            wage_status="missing" if wage.empty else str(wage["status"].iloc[0]),
            jobs=_series(by_measure.get("jobs", none)),
            tightness=_series(by_measure.get("tightness", none)),
            specialities=tuple(zip(held["label"], held["value"].astype(float), strict=True)),
        )
    return found


def _series(rows: pd.DataFrame) -> tuple[tuple[int, float], ...]:
    told = rows.dropna(subset=["value"])
    return tuple((int(item), float(value)) for item, value in zip(told["item"], told["value"], strict=True))
