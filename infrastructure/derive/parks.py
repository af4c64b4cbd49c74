"""Business parks that regions have loaded; an edition without any has an empty table."""

from collections.abc import Mapping

import pandas as pd
import shapely

from basins.commune_codes import CODE_SOURCES
from basins.geometry import POINT_GRID_DEG, compact_outline
from infrastructure.derive.brownfields import located
from infrastructure.derive.places import points_of
from infrastructure.derive.territories import (
    codes_in_force,
    declared_communes,
    declared_share_pct,
    releases_of_zones,
)
from infrastructure.ingest.park_layout import FOR_SALE
from infrastructure.models import BusinessPark
from sources.editions import Build, BuildError, provider
from sources.models import Status

PARKS_SLUG, PLOTS_SLUG = "cnig-business-parks", "cnig-park-plots"
STAGES: Mapping[str, BusinessPark.Stage] = {
    "existant et actif": BusinessPark.Stage.ACTIVE,
    "en projet": BusinessPark.Stage.PROJECT,
    "création": BusinessPark.Stage.CREATION,
    "projet de déclassement": BusinessPark.Stage.CLOSING,
    "déclassé": BusinessPark.Stage.CLOSED,
    "annulé": BusinessPark.Stage.CANCELLED,
}
OPEN_STAGES = (BusinessPark.Stage.ACTIVE, BusinessPark.Stage.CREATION)
PRODUCTION_VOCATIONS = (
    "industrielle", "entrepôts, logistique", "mixte", "mixte, sans dominante", "mixte à dominante logistique",
    "portuaire", "aéroportuaire, aéronautique",
)  # fmt: skip
COLUMNS = (
    "code", "name", "park_type", "vocation", "stage", "gross_ha", "available_ha", "largest_plot_ha", "networks",
    "is_usable", "insee_code", "zone", "point", "outline", "release",
)  # fmt: skip


@provider(
    "infrastructure.BusinessPark",
    needs=CODE_SOURCES,
    after=("basins.EmploymentZone", "basins.Commune"),
    uses=(PARKS_SLUG, PLOTS_SLUG),
)
def business_parks(build: Build) -> pd.DataFrame:
    """Every park loaded, in the zone of its commune; a park whose outline lies out of that zone stops the build."""
    if not build.has(PARKS_SLUG):
        return pd.DataFrame(columns=list(COLUMNS))
    rows = build.rows(PARKS_SLUG).drop_duplicates("code").reset_index(drop=True)
    rows["insee_code"] = codes_in_force(build, rows["insee_code"])
    outlines = shapely.from_wkb(rows["geom"].to_numpy(object))
    inner = shapely.point_on_surface(outlines)
    rows = rows.assign(lon=shapely.get_x(inner).round(6), lat=shapely.get_y(inner).round(6))
    zone, lon, lat, is_moved = located(build, rows)
    if is_moved.any():
        lost = ", ".join(rows.loc[is_moved, "code"].head(5))
        raise BuildError(f"{PARKS_SLUG} : contours à plus de 20 km de leur commune : {lost}. Corrigez la commune.")
    stages = [STAGES.get(label, BusinessPark.Stage.UNKNOWN) for label in rows["stage"]]
    table = pd.DataFrame(
        {
            **{name: rows[name] for name in ("code", "name", "park_type", "vocation", "gross_ha", "available_ha")},
            "stage": [stage.value for stage in stages],
            "largest_plot_ha": largest_plots(build, rows["code"]),
            "networks": [list(filter(None, names.split(","))) for names in rows["networks"]],
            "is_usable": is_usable(rows["vocation"], rows["is_industrial"], pd.Series(stages)),
            "insee_code": rows["insee_code"],
            "zone": zone,
            "point": points_of(lon, lat),
            "outline": [compact_outline(one, grid_deg=POINT_GRID_DEG) for one in outlines],
            "release": rows["release"],
        }
    )
    return table[list(COLUMNS)]


def is_usable(vocations: pd.Series, is_industrial: pd.Series, stages: pd.Series) -> pd.Series:
    """Return which parks an industrial project may enter: active or being created, open to production or logistics."""
    is_open = stages.isin(OPEN_STAGES)
    is_for_production = vocations.isin(PRODUCTION_VOCATIONS) | (is_industrial == True)  # noqa: E712 (None is no)
    return is_open & is_for_production


def largest_plots(build: Build, codes: pd.Series) -> pd.Series:
    """Return the hectares of the largest plot for sale of each park, 0 when none is; NaN where no plot is known."""
    if not build.has(PLOTS_SLUG):
        return pd.Series(float("nan"), index=codes.index)
    plots = build.rows(PLOTS_SLUG)
    on_sale = plots["gross_ha"].astype(float).where(plots["sale_stage"].isin(FOR_SALE), 0.0)
    return codes.map(on_sale.groupby(plots["park_code"]).max())


@provider(
    "basins.ZoneValue",
    needs=(),
    after=("basins.EmploymentZone", "infrastructure.BusinessPark", "basins.Commune"),
    uses=(PARKS_SLUG,),
)
def park_values(build: Build) -> pd.DataFrame:
    """How much of a zone a declared inventory of parks covers, in % of inhabitants; nothing before one is loaded."""
    if not build.has(PARKS_SLUG):
        return pd.DataFrame(columns=["indicator", "zone", "value", "status", "release"])
    covered = declared_communes(build, (PARKS_SLUG,))
    share = declared_share_pct(build, covered)
    first = build.releases[PARKS_SLUG][0].key
    own = releases_of_zones(build, covered)
    return pd.DataFrame(
        {
            "indicator": "land.parks_covered_pct",
            "zone": share.index,
            "value": share.to_numpy(),
            "status": Status.OBSERVED.value,
            "release": [own.get(zone, first) for zone in share.index],
        }
    )
