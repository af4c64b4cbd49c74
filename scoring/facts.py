"""Everything the criteria read, as arrays aligned on the zones of one edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.utils.translation import gettext as _

from basins.models import Region
from basins.queries import zone_value_frame, zones_frame
from economy.queries import plants_frame, sectors, zone_sector_jobs_frame
from infrastructure.queries import access_frame, parks_frame, sites_frame
from measures.access import great_circle_km
from scoring.cells import FloatArray, sum_known
from scoring.errors import NotFound
from scoring.fabric_tables import FlowTable, SubclassTable, flow_table, subclass_table
from scoring.labour import HiringTable, TightnessTable, Training, hiring_table, tightness_table, training_of
from scoring.nomenclature import Nomenclature
from skills.queries import activity_family_hires, activity_trade_hires, families, zone_occupation_frame
from sources.models import Edition, Release

JOBS_YEAR = 2024
JOBS_START_YEAR = 2019
ALL_JOBS_YEAR = 2023


@dataclass(frozen=True)
class EditionCard:
    """The edition as named on screen and in the interface."""

    name: str
    content_hash: str


@dataclass(frozen=True)
class ZoneCard:
    """A basin as named on screen and in the interface; bbox is west, south, east, north in degrees."""

    code: str
    name: str
    population: int
    population_year: int
    jobs: int | None
    region_codes: tuple[str, ...]
    land_mass: str
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True)
class JobsTable:
    """Private jobs by zone and A38 (n, k): values NaN where unknown, and the status of each cell."""

    codes: tuple[str, ...]
    end: FloatArray
    end_status: npt.NDArray[np.str_]
    start: FloatArray

    def columns(self, a38_codes: tuple[str, ...]) -> list[int]:
        """Positions of the A38 codes that the table holds."""
        return [self.codes.index(code) for code in a38_codes if code in self.codes]


@dataclass(frozen=True)
class OccupationTable:
    """Estimated jobs by zone and FAP87 family (n, f), with the relative error of each cell."""

    codes: tuple[str, ...]
    labels: dict[str, str]
    jobs: FloatArray
    error_share: FloatArray


@dataclass(frozen=True)
class Plants:
    """Heritage firms and large plants: zone position, position of its sub-class in `naf_codes`, and kind of each."""

    zone: npt.NDArray[np.int64]
    naf_codes: tuple[str, ...]
    naf_index: npt.NDArray[np.int64]
    kind: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Access:
    """Distance (km) to the nearest node by kind (n, m), with status and the node's name."""

    kinds: tuple[str, ...]
    km: FloatArray
    status: npt.NDArray[np.str_]
    nearest: npt.NDArray[np.str_]

    def distances(self, kind: str) -> FloatArray:
        """Return the distances (n,) of a kind, all unknown in an edition made before the kind was measured."""
        return self.km[:, self.kinds.index(kind)] if kind in self.kinds else np.full(len(self.km), np.nan)


@dataclass(frozen=True, eq=False)
class Facts:
    """One edition, ready for scoring; `zones` gives the order of every array's first axis."""

    edition: EditionCard
    zones: tuple[ZoneCard, ...]
    zone_index: dict[str, int]
    regions: dict[str, str]
    distance_km: FloatArray  # between centres of population (n, n)
    nomenclature: Nomenclature
    private_jobs: JobsTable
    subclass_jobs: SubclassTable
    flows: FlowTable
    all_jobs: FloatArray  # private and public salaried jobs (n,)
    occupations: OccupationTable
    trade_hires: Nomenclature  # the same nodes, with hires by trade in the place of families
    hiring: HiringTable
    training: Training
    tightness: TightnessTable
    plants: Plants
    site_distance_km: FloatArray  # from centres to usable sites (n, s)
    site_ha: FloatArray
    site_codes: tuple[str, ...]
    park_distance_km: FloatArray  # from centres to usable business parks (n, p), p = 0 before a region loads any
    park_ha: FloatArray  # what a park can offer in one piece, else what it declares available
    access: Access
    values: dict[str, tuple[FloatArray, npt.NDArray[np.str_]]]  # indicator -> value, status
    vintages: dict[str, tuple[str, str, str]]  # data set slug -> producer, title, vintage

    def zone(self, code: str) -> int:
        """Return the position of a zone; raises `NotFound`."""
        try:
            return self.zone_index[code]
        except KeyError:
            raise NotFound(
                _("Aucun bassin ne porte le code « %(code)s » : un code a quatre chiffres, par exemple 2716.")
                % {"code": code[:20]}
            ) from None

    @property
    def data_sets(self) -> frozenset[str]:
        """The data sets that the edition is made of: they settle which criteria it can feed."""
        return frozenset(self.vintages)

    @property
    def private_total(self) -> FloatArray:
        """Private jobs of all branches by zone (n,), NaN where no branch is known."""
        return sum_known(self.private_jobs.end)

    @property
    def industrial_jobs(self) -> FloatArray:
        """Private manufacturing jobs by zone (n,), NaN where unknown."""
        return self.private_jobs.end[:, self.private_jobs.columns(self.nomenclature.manufacturing)].sum(axis=1)


def load_facts(edition: Edition) -> Facts:
    """Read an edition into arrays: about a second, once per process and edition."""
    zones = zones_frame(edition)
    order = list(zones.index)
    position = {code: rank for rank, code in enumerate(order)}
    lon, lat = zones["lon"].to_numpy(float), zones["lat"].to_numpy(float)
    sites = sites_frame(edition).query("is_usable and surface_ha.notna()")
    site_distance = great_circle_km(lon, lat, sites["lon"].to_numpy(float), sites["lat"].to_numpy(float))
    parks = parks_frame(edition).query("is_usable and offered_ha.notna()")
    nodes = sectors()
    all_jobs = zone_sector_jobs_frame(edition, scope="all", year=ALL_JOBS_YEAR)[0].reindex(order)
    return Facts(
        edition=EditionCard(edition.name, edition.content_hash),
        zones=_zone_cards(zones, all_jobs),
        zone_index=position,
        regions=dict(Region.objects.values_list("code", "name")),
        distance_km=great_circle_km(lon, lat, lon, lat),
        nomenclature=Nomenclature.build(nodes, activity_family_hires(edition)),
        trade_hires=Nomenclature.build(nodes, activity_trade_hires(edition).rename(columns={"trade": "family"})),
        hiring=hiring_table(edition, order),
        training=training_of(edition, zones),
        tightness=tightness_table(edition, order),
        private_jobs=_private_jobs(edition, order),
        subclass_jobs=subclass_table(edition, order),
        flows=flow_table(edition, order, all_jobs_year=ALL_JOBS_YEAR),
        all_jobs=all_jobs.sum(axis=1, min_count=1).to_numpy(float),
        occupations=_occupations(edition, order),
        plants=_plants(edition, position),
        site_distance_km=site_distance,
        site_ha=sites["surface_ha"].to_numpy(float),
        site_codes=tuple(sites["code"]),
        park_distance_km=great_circle_km(lon, lat, parks["lon"].to_numpy(float), parks["lat"].to_numpy(float)),
        park_ha=parks["offered_ha"].to_numpy(float),
        access=_access(edition, order),
        values=_values(edition, order),
        vintages=_vintages(edition),
    )


def _zone_cards(zones: pd.DataFrame, all_jobs: pd.DataFrame) -> tuple[ZoneCard, ...]:
    totals = all_jobs.sum(axis=1, min_count=1)
    rows: Iterable[Any] = zones.rename(columns={"name": "name_"}).itertuples()
    return tuple(
        ZoneCard(
            code=str(row.Index),
            name=row.name_,
            population=int(row.population),
            population_year=int(row.population_year),
            jobs=None if pd.isna(totals[row.Index]) else int(totals[row.Index]),
            region_codes=tuple(row.region_codes),
            land_mass=row.land_mass,
            bbox=(float(row.west), float(row.south), float(row.east), float(row.north)),
        )
        for row in rows
    )


def _private_jobs(edition: Edition, order: list[str]) -> JobsTable:
    end, status = zone_sector_jobs_frame(edition, scope="private", year=JOBS_YEAR)
    start, _start_status = zone_sector_jobs_frame(edition, scope="private", year=JOBS_START_YEAR)
    codes = tuple(end.columns)
    return JobsTable(
        codes=codes,
        end=end.reindex(order).to_numpy(float),
        end_status=status.reindex(order).fillna("missing").to_numpy(str),
        start=start.reindex(order).reindex(columns=list(codes)).to_numpy(float),
    )


def _occupations(edition: Edition, order: list[str]) -> OccupationTable:
    jobs, error_share = zone_occupation_frame(edition)
    return OccupationTable(
        codes=tuple(jobs.columns),
        labels=dict(families().set_index("code")["label"]),
        jobs=jobs.reindex(order).to_numpy(float),
        error_share=error_share.reindex(order).to_numpy(float),
    )


def _plants(edition: Edition, position: dict[str, int]) -> Plants:
    frame = plants_frame(edition)
    naf_codes, naf_index = np.unique(frame["naf_code"].to_numpy(str), return_inverse=True)
    return Plants(
        zone=np.array([position[code] for code in frame["zone"]], dtype=np.int64),
        naf_codes=tuple(naf_codes.tolist()),
        naf_index=naf_index.astype(np.int64),
        kind=frame["kind"].to_numpy(str),
    )


def _access(edition: Edition, order: list[str]) -> Access:
    km, status, nearest = (frame.reindex(order) for frame in access_frame(edition))
    return Access(
        tuple(km.columns), km.to_numpy(float), status.fillna("missing").to_numpy(str), nearest.fillna("").to_numpy(str)
    )


def _values(edition: Edition, order: list[str]) -> dict[str, Any]:
    values = {}
    for indicator, rows in zone_value_frame(edition).groupby("indicator"):
        aligned = rows.set_index("zone").reindex(order)
        values[str(indicator)] = (aligned["value"].to_numpy(float), aligned["status"].fillna("missing").to_numpy(str))
    return values


def _vintages(edition: Edition) -> dict[str, tuple[str, str, str]]:
    releases = Release.objects.filter(editions=edition).select_related("source")
    return {one.source_id: (one.source.producer, one.source.title, one.vintage) for one in releases}
