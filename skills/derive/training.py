"""Places of training: vocational lycées by domain, industrial courses after the baccalauréat, grouped by school."""

import logging

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from basins.geometry import compact_point
from skills.ingest.training import DOMAIN_COLUMNS
from skills.training import ENGINEERING, LYCEE, domain_of, kind_of
from sources.editions import Build, provider

logger = logging.getLogger(__name__)

ANY_DOMAIN = "engineering"
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
