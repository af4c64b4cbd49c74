"""A tiny France held in memory: six zones, four branches, three occupation families, every kind of missing cell.

Alpha makes electronics, Beta ships and cars, Gamma little, Delta is an island, Sigma hides a cell under statistical
secrecy, Mayo knows nothing of itself. Figures are round, so that a test can work out what to expect by hand.
"""

from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import pandas as pd

from scoring.cells import FloatArray
from scoring.definitions import criteria
from scoring.fabric_tables import FlowTable, SubclassTable
from scoring.facts import Access, EditionCard, Facts, JobsTable, OccupationTable, Plants, ZoneCard
from scoring.labour import HiringTable, TightnessTable, Training
from scoring.nomenclature import Nomenclature

ALPHA, BETA, GAMMA, DELTA, SIGMA, MAYO = range(6)
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Sigma", "Mayo")
CODES = ("1001", "1002", "1003", "1004", "1005", "1006")
NAN = np.nan
_numbers = count()

# key: (label, parent, a38, a17); branches and regions as in the true nomenclature, labels shortened.
TREE = {
    "section:A": ("Agriculture", "", "", ""),
    "section:C": ("Industrie manufacturière", "", "", ""),
    "section:J": ("Information et communication", "", "", ""),
    "a17:AZ": ("Agriculture", "", "", ""),
    "a17:C3": ("Équipements", "", "", ""),
    "a17:C4": ("Matériels de transport", "", "", ""),
    "a17:JZ": ("Information et communication", "", "", ""),
    "a38:AZ": ("Agriculture", "section:A", "", ""),
    "a38:CI": ("Produits électroniques", "section:C", "", ""),
    "a38:CL": ("Matériels de transport", "section:C", "", ""),
    "a38:JC": ("Activités informatiques", "section:J", "", ""),
    "division:01": ("Cultures", "a38:AZ", "", ""),
    "division:26": ("Produits électroniques", "a38:CI", "", ""),
    "division:29": ("Automobile", "a38:CL", "", ""),
    "division:30": ("Autres matériels de transport", "a38:CL", "", ""),
    "division:62": ("Programmation", "a38:JC", "", ""),
    "group:01.1": ("Cultures non permanentes", "division:01", "", ""),
    "group:26.1": ("Composants", "division:26", "", ""),
    "group:26.5": ("Instruments", "division:26", "", ""),
    "group:29.1": ("Automobiles", "division:29", "", ""),
    "group:30.1": ("Navires", "division:30", "", ""),
    "group:62.0": ("Programmation", "division:62", "", ""),
    "class:01.11": ("Céréales", "group:01.1", "", ""),
    "class:26.11": ("Composants", "group:26.1", "", ""),
    "class:26.12": ("Cartes", "group:26.1", "", ""),
    "class:26.52": ("Horlogerie", "group:26.5", "", ""),
    "class:29.10": ("Automobiles", "group:29.1", "", ""),
    "class:30.11": ("Navires", "group:30.1", "", ""),
    "class:62.01": ("Programmation", "group:62.0", "", ""),
    "subclass:01.11Z": ("Céréales", "class:01.11", "AZ", "AZ"),
    "subclass:26.11Z": ("Composants", "class:26.11", "CI", "C3"),
    "subclass:26.12Z": ("Cartes", "class:26.12", "CI", "C3"),
    "subclass:26.52Z": ("Horlogerie", "class:26.52", "CI", "C3"),
    "subclass:29.10Z": ("Automobiles", "class:29.10", "CL", "C4"),
    "subclass:30.11Z": ("Navires", "class:30.11", "CL", "C4"),
    "subclass:62.01Z": ("Programmation", "class:62.01", "JC", "JZ"),
}

# Turners (scored), engineers (scored), shop assistants (support, never scored).
FAMILIES = ("D1Z", "H0Z", "R1Z")
HIRES = (
    ("26.11Z", "D1Z", 60),
    ("26.11Z", "H0Z", 20),
    ("26.11Z", "R1Z", 20),
    ("26.12Z", "D1Z", 10),
    ("26.12Z", "R1Z", 10),
    ("30.11Z", "D1Z", 300),
    ("30.11Z", "R1Z", 100),
    ("62.01Z", "R1Z", 50),
)

A38 = ("CI", "CL", "JC", "AZ")
JOBS_2024 = np.array(
    [
        [450, 50, 1500, NAN],
        [50, 350, 600, NAN],
        [0, 100, 900, NAN],
        [10, 0, 490, NAN],
        [NAN, 90, 410, NAN],
        [NAN, NAN, NAN, NAN],
    ]
)
JOBS_2019 = np.array(
    [
        [400, 60, 1400, NAN],
        [60, 100, 600, NAN],
        [0, 120, 880, NAN],
        [10, 0, 450, NAN],
        [NAN, 30, 400, NAN],
        [NAN, NAN, NAN, NAN],
    ]
)
OCCUPATION_JOBS = np.array(
    [[200, 100, 700], [50, 20, 430], [20, 5, 375], [0, 5, 95], [30, 20, 150], [NAN, NAN, NAN]], dtype=float
)
OCCUPATION_ERROR = np.tile([0.5, 0.3, 0.2], (6, 1))
OCCUPATION_ERROR[DELTA] = [1.5, 0.6, 0.4]

# Hires by trade: turners, engineers, welders make the profile of what is sought.
TRADE_HIRES = (
    ("26.11Z", "machining", 60),
    ("26.11Z", "research_engineer", 30),
    ("26.12Z", "handling", 10),
    ("30.11Z", "machining", 50),
    ("30.11Z", "sheet_metal", 250),
)
TRADES = ("handling", "machining", "research_engineer", "sheet_metal")
# Projects by survey, zone and trade. Sigma publishes nothing but hides some, Delta has no row in the second survey,
# Mayo is in neither.
PROJECTS = np.array(
    [
        [[200, 90, 40, 10], [100, 10, 5, 80], [60, 5, 0, 5], [30, 0, NAN, NAN], [NAN] * 4, [NAN] * 4],
        [[150, 80, 60, 5], [90, 15, NAN, 60], [50, 10, 5, 5], [NAN] * 4, [NAN] * 4, [NAN] * 4],
    ],
    dtype=float,
)
ALL_PROJECTS = np.array([[2000, 1500, 900, 400, 300, NAN], [1800, 1200, 800, NAN, 300, NAN]], dtype=float)

# Index of tightness of turners and engineers by zone, the share of its jobs with a departmental index, and the
# country's. Nobody follows shop assistants. Delta has a figure and hardly any turner; Mayo has none.
TIGHTNESS_FAMILIES = ("D1Z", "H0Z")
TIGHTNESS = np.array([[1.5, 0.5], [1.0, 1.0], [2.0, -1.5], [-0.5, 0.25], [0.0, 2.0], [NAN, NAN]])
TIGHTNESS_OWN_SHARE = np.array([[1, 1], [0.5, 0], [0, 0], [1, 0], [0.25, 1], [0, 0]], dtype=float)
TIGHTNESS_OF_FRANCE = np.array([1.2, 0.8])

# Kind, domain, candidates, courses, and the distance to each zone.
SCHOOLS = (
    ("lycee_pro", "mechanics_electricity", 30, NAN, (10, 35, 60, 9000, 80, 8000)),
    ("bts", "mechanics_electricity", NAN, 1, (40, 20, 90, 9000, 41, 8000)),
    ("bts", "soft_materials", NAN, 2, (5, 5, 5, 5, 5, 5)),
    ("engineering", "engineering", NAN, 1, (90, 10, 90, 9000, 10, 8000)),
)

# What branches buy from each other: electronics go into vehicles, farms sell to nobody here but farms.
FLOW_CODES = ("AZ", "CI", "CL", "JC")
FLOWS = np.array([[5, 0, 10, 0], [2, 40, 30, 20], [8, 10, 60, 0], [0, 30, 30, 10]], dtype=float)
FARM_JOBS = np.array([20, 40, 100, 5, 30, NAN], dtype=float)

# Zone, sub-class, kind.
PLANTS = (
    (ALPHA, "26.11Z", "epv"),
    (ALPHA, "26.12Z", "large_plant"),
    (BETA, "30.11Z", "large_plant"),
    (BETA, "30.11Z", "large_plant"),
    (BETA, "29.10Z", "epv"),
    (GAMMA, "26.52Z", "epv"),
    (MAYO, "26.11Z", "epv"),
)

DISTANCE_KM = np.array(
    [
        [0, 30, 50, 9000, 70, 8000],
        [30, 0, 60, 9000, 45, 8000],
        [50, 60, 0, 9000, 100, 8000],
        [9000, 9000, 9000, 0, 9000, 1500],
        [70, 45, 100, 9000, 0, 8000],
        [8000, 8000, 8000, 1500, 8000, 0],
    ],
    dtype=float,
)
SITE_HA = np.array([0.5, 2.0, 30.0, 12.0])
SITE_KM = np.array(
    [
        [10, 20, 39, 100],
        [35, 41, 60, 100],
        [90, 90, 90, 90],
        [9000, 9000, 9000, 9000],
        [10, 80, 80, 80],
        [8000, 8000, 8000, 8000],
    ],
    dtype=float,
)

# Parks that offer 0.9, 5 and 40 ha.
PARK_HA = np.array([0.9, 5.0, 40.0])
PARK_KM = np.array(
    [[30, 12, 39], [41, 41, 40], [60, 60, 60], [9000, 9000, 9000], [80, 5, 90], [8000, 8000, 8000]], dtype=float
)

KINDS = (
    "motorway", "siding", "freight_station", "combined_terminal", "seaport", "inland_port", "airport", "grid_63",
    "grid_225", "grid_400",
)  # fmt: skip
ACCESS_KM = np.array(
    [
        [5, 3, 4, 50, 110, 10, 20, 2, 5, 40],
        [17.5, 11.5, 20, 90, 15, 35, 60, 3, 17.5, 60],
        [30, 20, 25, 10, 200, 60, 100, 4, 30, 80],
        [NAN, NAN, NAN, NAN, 20, NAN, 20, NAN, NAN, NAN],
        [3, NAN, 10, 90, 65, NAN, 60, 5, 20, 50],
        [NAN] * 10,
    ]
)
ACCESS_STATUS = np.where(np.isnan(ACCESS_KM), "missing", "observed")
ACCESS_STATUS[DELTA, [1, 2, 3, 5]] = "absent"

# Indicator: values, and statuses where they are not "observed".
VALUES: dict[str, tuple[list[float], dict[int, str]]] = {
    "economy.jobs_growth_pct": ([1.0, 0.0, -1.0, 2.0, 0.5, NAN], {MAYO: "missing"}),
    "economy.industry_territory_share_pct": ([100, 40, 0, 80, 50, NAN], {MAYO: "missing"}),
    "economy.aided_firms_per_1000": ([3.45, 6.9, 13.8, NAN, 0, NAN], {DELTA: "missing", MAYO: "missing"}),
    "access.border_km": ([10, 200, 300, NAN, 50, NAN], {DELTA: "absent", MAYO: "absent"}),
    "land.usable_sites": (
        [3, 1, 0, NAN, NAN, NAN],
        {DELTA: "missing", SIGMA: "missing", MAYO: "missing"},
    ),
    "land.local_covered_pct": ([0, 0, 0, 100, 0, 0], {}),
    "land.parks_covered_pct": ([100, 85, 79, 0, 0, 0], {}),
    "living.long_vacancy_pct": ([7.0, 3.0, 14.0, 20.0, NAN, NAN], {SIGMA: "suppressed", MAYO: "missing"}),
    "living.rent_house": ([9.0, 13.5, 8.0, 18.0, 13.5, NAN], {MAYO: "missing"}),
    "living.gp_per_10000": ([8.0, 0.0, 6.0, 10.0, NAN, NAN], {SIGMA: "suppressed", MAYO: "missing"}),
    "living.net_migration_pct": ([0.1, -0.2, 0.0, NAN, 0.4, NAN], {DELTA: "absent", MAYO: "missing"}),
}


def nomenclature(hires: tuple[tuple[str, str, int], ...] = HIRES) -> Nomenclature:
    rows = [(key, *key.split(":"), label, parent, a38, a17) for key, (label, parent, a38, a17) in sorted(TREE.items())]
    sectors = pd.DataFrame(rows, columns=["key", "level", "code", "label", "parent", "a38", "a17"])
    return Nomenclature.build(
        sectors, pd.DataFrame(hires, columns=["naf_code", "family", "hires"]).astype({"hires": float})
    )


def _zones() -> tuple[ZoneCard, ...]:
    regions = (("11",), ("11", "24"), ("24",), ("04",), ("24",), ("06",))
    masses = ("mainland", "mainland", "mainland", "reunion", "mainland", "mayotte")
    return tuple(
        ZoneCard(code, name, 10_000, 2023, None if code == "1006" else 1_000, region, mass, (0.0, 0.0, 1.0, 1.0))
        for code, name, region, mass in zip(CODES, NAMES, regions, masses, strict=True)
    )


def _jobs() -> JobsTable:
    status = np.where(np.isnan(JOBS_2024), "missing", "observed").astype("<U10")
    status[SIGMA, 0], status[SIGMA, 1] = "suppressed", "estimated"
    return JobsTable(A38, JOBS_2024.copy(), status, JOBS_2019.copy())


def no_subclass() -> SubclassTable:
    """The table of an edition built without the jobs by commune and sub-class."""
    empty = np.full((len(NAMES), 0), NAN)
    return SubclassTable((), (), empty, empty, np.zeros(len(NAMES), dtype=bool))


def _flows() -> FlowTable:
    imported = FLOWS / 4
    imported[FLOW_CODES.index("CI")] = NAN
    return FlowTable(FLOW_CODES, FLOWS.copy(), imported, FARM_JOBS.copy())


def _hiring() -> HiringTable:
    """Observed in Alpha, the only zone that is a survey basin; a hidden or absent number has bounds of its own."""
    status = np.where(np.isnan(PROJECTS), "missing", "estimated").astype("<U10")
    status[:, ALPHA] = "observed"
    status[:, SIGMA, 1] = "suppressed"
    low = np.where(np.isnan(PROJECTS), 0.0, PROJECTS * 0.9)
    high = np.where(np.isnan(PROJECTS), 4.0, PROJECTS * 1.1 + 2)
    low[:, ALPHA], high[:, ALPHA] = PROJECTS[:, ALPHA], PROJECTS[:, ALPHA]
    low[:, SIGMA, 1] = 1.0
    uncovered = np.isnan(ALL_PROJECTS)
    low[uncovered], high[uncovered] = NAN, NAN
    value = np.where(np.isnan(PROJECTS), (low + high) / 2, PROJECTS)
    return HiringTable((2023, 2025), TRADES, value, low, high, PROJECTS.copy(), status, ALL_PROJECTS.copy())


def _training() -> Training:
    kinds, domains, candidates, courses, distances = zip(*SCHOOLS, strict=True)
    return Training(
        np.array(kinds),
        np.array(domains),
        np.array(candidates, dtype=float),
        np.array(courses, dtype=float),
        np.array(distances, dtype=float).T,
    )


def _plants() -> Plants:
    codes, index = np.unique([code for _zone, code, _kind in PLANTS], return_inverse=True)
    return Plants(
        np.array([zone for zone, _code, _kind in PLANTS]),
        tuple(codes.tolist()),
        index,
        np.array([kind for _zone, _code, kind in PLANTS]),
    )


def _values() -> dict[str, Any]:
    found = {}
    for name, (values, exceptions) in VALUES.items():
        status = np.full(len(NAMES), "observed", dtype="<U10")
        for index, one in exceptions.items():
            status[index] = one
        found[name] = (np.array(values, dtype=float), status)
    return found


def tiny_facts() -> Facts:
    """Return the world, as an edition of its own."""
    slugs = sorted({slug for one in criteria() for slug in one.sources})
    return Facts(
        edition=new_edition(),
        zones=_zones(),
        zone_index={code: index for index, code in enumerate(CODES)},
        regions={"11": "Nord", "24": "Sud", "04": "Île", "06": "Lagon"},
        distance_km=DISTANCE_KM.copy(),
        nomenclature=nomenclature(),
        private_jobs=_jobs(),
        subclass_jobs=no_subclass(),
        flows=_flows(),
        all_jobs=np.array([2500, 1200, 1100, 600, 600, NAN]),
        occupations=OccupationTable(
            FAMILIES, dict.fromkeys(FAMILIES, "famille"), OCCUPATION_JOBS.copy(), OCCUPATION_ERROR.copy()
        ),
        trade_hires=nomenclature(TRADE_HIRES),
        hiring=_hiring(),
        training=_training(),
        tightness=TightnessTable(
            TIGHTNESS_FAMILIES, TIGHTNESS.copy(), TIGHTNESS_OWN_SHARE.copy(), TIGHTNESS_OF_FRANCE.copy()
        ),
        plants=_plants(),
        site_distance_km=SITE_KM.copy(),
        site_ha=SITE_HA.copy(),
        site_codes=tuple(f"S{number}" for number in range(len(SITE_HA))),
        park_distance_km=PARK_KM.copy(),
        park_ha=PARK_HA.copy(),
        access=Access(KINDS, ACCESS_KM.copy(), ACCESS_STATUS.copy(), np.where(np.isnan(ACCESS_KM), "", "Nœud")),
        values=_values(),
        vintages={slug: (f"Producteur de {slug}", slug, "2024") for slug in slugs},
    )


def new_edition() -> EditionCard:
    """Return an edition that no cache knows."""
    return EditionCard("essai", f"tiny-{next(_numbers)}")


def altered(facts: Facts, **changes: Any) -> Facts:
    """Return facts with changes, as an edition of their own."""
    return replace(facts, edition=new_edition(), **changes)


def with_value(facts: Facts, indicator: str, index: int, value: float, status: str = "observed") -> Facts:
    """Return facts where one zone has another value of an indicator."""
    values, statuses = (column.copy() for column in facts.values[indicator])
    values[index], statuses[index] = value, status
    return altered(facts, values=facts.values | {indicator: (values, statuses)})


def with_jobs(facts: Facts, changes: dict[tuple[int, str], float]) -> Facts:
    """Return facts with other private jobs, by (zone, branch)."""
    end: FloatArray = facts.private_jobs.end.copy()
    for (index, branch), value in changes.items():
        end[index, A38.index(branch)] = value
    return altered(facts, private_jobs=replace(facts.private_jobs, end=end))
