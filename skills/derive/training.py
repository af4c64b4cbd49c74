"""Places of training: vocational lycées by domain, courses after the baccalauréat, schools of higher education."""

import logging
from collections.abc import Mapping

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from basins.geometry import compact_point
from measures.access import great_circle_km
from skills.ingest.training import DOMAIN_COLUMNS
from skills.training import ENGINEERING, HIGHER_EDUCATION, LYCEE, domain_of, engineering_schools, kind_of
from sources.editions import Build, provider

logger = logging.getLogger(__name__)

ANY_DOMAIN = "engineering"
LONGEST_NAME = 200
# A place that names no commune lies in the zone of the nearest commune, were it a large one.
FARTHEST_KM = 15.0
COLUMNS = ["code", "kind", "domain", "candidates", "courses", "name", "zone", "point", "release"]


@provider("skills.TrainingPlace", needs=("depp-vocational-schools", *CODE_SOURCES), after=("basins.Commune",))
def vocational_schools(build: Build) -> pd.DataFrame:
    """Lycées that present candidates to a production baccalauréat, one row a domain, at the point of their commune."""
    schools = build.rows("depp-vocational-schools")
    communes = build.table("basins.Commune").set_index("insee_code")
    schools["commune"] = schools["insee_code"].map(code_translation(build))
    is_placed = schools["commune"].isin(communes.index)
    logger.warning("depp-vocational-schools : %d lycées hors des zones d'emploi, écartés", (~is_placed).sum())
    domains = list(DOMAIN_COLUMNS.values())
    table = schools[is_placed].melt(["uai", "name", "commune"], domains, "domain", "candidates")
    table = table[table["candidates"].fillna(0) > 0].assign(candidates=lambda rows: rows["candidates"].astype("Int64"))
    return table.assign(
        code=table["uai"] + "-" + table["domain"],
        kind=LYCEE,
        courses=pd.array([pd.NA] * len(table), dtype="Int64"),
        zone=table["commune"].map(communes["zone"]),
        point=table["commune"].map(communes["point"]),
        release=build.release("depp-vocational-schools"),
    )[COLUMNS].reset_index(drop=True)


@provider("skills.TrainingPlace", needs=("parcoursup-industrial-courses",), after=("basins.EmploymentZone",))
def post_baccalaureate(build: Build) -> pd.DataFrame:
    """Courses after the baccalauréat, one row a school, kind and domain, with the number of its courses.

    Those outside every zone are counted and left out; so are preparatory classes, courses of no trade of a factory,
    and titles that no domain knows. A school of engineers, whatever its ways in, counts as one course.
    """
    rows = build.rows("parcoursup-industrial-courses")
    zones = set(build.table("basins.EmploymentZone")["code"])
    rows = rows.assign(kind=rows["kind"].map(kind_of), domain=rows["course"].map(domain_of))
    is_school = rows["kind"] == ENGINEERING
    rows["domain"] = rows["domain"].mask(is_school, ANY_DOMAIN)
    is_placed = rows["zone"].isin(zones)
    is_unknown = rows["kind"].isna() | (rows["domain"].isna() & (rows["kind"] != ""))
    logger.warning(
        "parcoursup-industrial-courses : %d formations hors des zones d'emploi et %d d'intitulé inconnu, écartées",
        *((~is_placed).sum(), is_unknown.sum()),
    )
    counted = rows[is_placed & ~is_unknown & (rows["kind"] != "") & (rows["domain"] != "")]
    counted = counted.sort_values(["uai", "kind", "domain", "lon", "lat", "course"])
    groups = counted.groupby(["uai", "kind", "domain"], as_index=False)
    table = groups.agg(name=("school", "first"), zone=("zone", "first"), lon=("lon", "first"), lat=("lat", "first"))
    courses = groups.size()["size"].mask(table["kind"] == ENGINEERING, 1)
    return table.assign(
        code=table["uai"] + "-" + table["kind"] + "-" + table["domain"],
        candidates=pd.array([pd.NA] * len(table), dtype="Int64"),
        courses=courses.astype("Int64"),
        point=[compact_point(lon, lat) for lon, lat in zip(table["lon"], table["lat"], strict=True)],
        release=build.release("parcoursup-industrial-courses"),
    )[COLUMNS]


@provider(
    "skills.TrainingPlace",
    needs=("esr-higher-education", "parcoursup-industrial-courses", *CODE_SOURCES),
    after=("basins.Commune",),
)
def higher_education(build: Build) -> pd.DataFrame:
    """Institutions of higher education in a zone, at their head office.

    Engineering schools that Parcoursup does not name count as one course, as the others do; a school whose identifier
    is among the courses is left out, and so is any school of the Pacific. Universities and other schools are shown
    without any number.
    """
    rows = build.rows("esr-higher-education")
    courses = set(build.rows("parcoursup-industrial-courses")["uai"])
    is_counted_there = [
        bool({uai, *others.split(";")} & courses) for uai, others in zip(rows["uai"], rows["other_uai"], strict=True)
    ]
    communes = build.table("basins.Commune").set_index("insee_code")
    zone = zone_of_places(rows, communes, code_translation(build))
    logger.warning("esr-higher-education : %d établissements hors des zones d'emploi, écartés", zone.isna().sum())
    kept = rows.assign(zone=zone)[zone.notna() & ~pd.Series(is_counted_there, index=rows.index)]
    is_school = kept["name"].str.startswith(engineering_schools())
    kind = is_school.map({True: ENGINEERING, False: HIGHER_EDUCATION})
    identity = kept["uai"].where(kept["uai"] != "", kept["name"].str.slice(0, 30))
    return kept.assign(
        code=identity + "-" + kind,
        kind=kind,
        domain=is_school.map({True: ANY_DOMAIN, False: ""}),
        candidates=pd.array([pd.NA] * len(kept), dtype="Int64"),
        courses=is_school.map({True: 1, False: pd.NA}).astype("Int64"),
        name=kept["name"].str.slice(0, LONGEST_NAME),
        point=[compact_point(lon, lat) for lon, lat in zip(kept["lon"], kept["lat"], strict=True)],
        release=build.release("esr-higher-education"),
    )[COLUMNS]


def zone_of_places(rows: pd.DataFrame, communes: pd.DataFrame, translation: Mapping[str, str]) -> pd.Series:
    """Return the zone of each place by its commune, or by the nearest commune's point where none is named."""
    import shapely

    found = rows["insee_code"].map(translation).map(communes["zone"]).astype(object)
    unnamed = rows[rows["insee_code"] == ""]
    if len(unnamed):
        points = shapely.from_wkb(communes["point"].to_numpy(object))
        places = (unnamed["lon"].to_numpy(float), unnamed["lat"].to_numpy(float))
        km = great_circle_km(*places, shapely.get_x(points), shapely.get_y(points))
        is_near = km.min(axis=1) <= FARTHEST_KM
        found.loc[unnamed.index] = np.where(is_near, communes["zone"].to_numpy(object)[km.argmin(axis=1)], None)
    return found
