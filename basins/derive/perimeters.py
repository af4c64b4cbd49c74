"""Perimeters: Territoires d'industrie, intercommunalités, departments, regions; and the countries around."""

import pandas as pd

from basins.geometry import compact_outline, rounded_outline
from basins.models import Perimeter, perimeter_key
from sources.editions import Build, BuildError, provider

# Drawn over zones at the scale of a region: about 300 m.
OUTLINE_TOLERANCE_DEG = 0.003
TERRITORY = Perimeter.Kind.INDUSTRY_TERRITORY.value


def perimeter_rows(kind: str, names: pd.DataFrame, members: pd.DataFrame, outlines: pd.Series) -> pd.DataFrame:
    """Return the `Perimeter` rows of a kind.

    `names` is indexed by code, with `name` and `legal_form`; `members` holds `code` and `population` of each commune;
    `outlines` is indexed by code. Raises `BuildError` where a code is in one of them only.
    """
    differing = (set(names.index) ^ set(members["code"])) | (set(names.index) ^ set(outlines.index))
    if differing:
        raise BuildError(f"périmètres {kind} sans nom, sans commune ou sans contour : {sorted(differing)[:20]}.")
    by_code = members.groupby("code")["population"]
    decimals = Perimeter.compact_decimals["geom"]
    return pd.DataFrame(
        {
            "kind": kind,
            "code": names.index,
            "key": [perimeter_key(kind, code) for code in names.index],
            "name": names["name"].to_numpy(),
            "legal_form": names["legal_form"].to_numpy(),
            "population": by_code.sum().reindex(names.index).to_numpy(),
            "commune_count": by_code.size().reindex(names.index).to_numpy(),
            "geom": [rounded_outline(outlines[code], decimals) for code in names.index],
        }
    )


def dissolved(shapes: pd.DataFrame, code: pd.Series) -> pd.Series:
    """Return by code the union of the commune shapes that carry it; a commune without a code is in none."""
    import shapely

    kept = shapes.assign(code=code)[lambda table: table["code"].fillna("") != ""]
    return kept.groupby("code")["outline"].agg(lambda outlines: shapely.coverage_union_all(outlines.to_numpy()))


@provider(
    "basins.Perimeter",
    needs=("commune-shapes", "dgcl-epci", "insee-ept", "insee-regions", "insee-departments"),
    after=("basins.Commune", "basins.Department"),
)
def groupings(build: Build) -> pd.DataFrame:
    """Intercommunalités (territorial establishments of the Grand Paris among them), departments and regions.

    Outlines are unions of commune shapes simplified once, all together: a border common to two perimeters, of one kind
    or of two, is one line.
    """
    communes = build.table("basins.Commune").set_index("insee_code")
    departments = build.table("basins.Department").set_index("code").assign(legal_form="")
    regions = build.rows("insee-regions").set_index("code").assign(legal_form="")
    communes["region"] = communes["department"].map(departments["region"])
    shapes = simplified_shapes(build)
    kinds = (
        (Perimeter.Kind.EPCI, epci_names(build), "epci_siren"),
        (Perimeter.Kind.EPCI, ept_names(build), "ept_siren"),
        (Perimeter.Kind.DEPARTMENT, departments, "department"),
        (Perimeter.Kind.REGION, regions, "region"),
    )
    rows = []
    for kind, names, column in kinds:
        members = communes.loc[communes[column] != "", [column, "population"]].rename(columns={column: "code"})
        rows.append(perimeter_rows(kind.value, names, members, dissolved(shapes, communes[column])))
    return pd.concat(rows, ignore_index=True)


def simplified_shapes(build: Build) -> pd.DataFrame:
    """Return the commune shapes, `outline` indexed by code, simplified together so that neighbours keep one border."""
    import shapely

    rows = build.rows("commune-shapes").set_index("insee_code")["geom"]
    simple = shapely.coverage_simplify(shapely.from_wkb(rows.to_numpy(object)), OUTLINE_TOLERANCE_DEG)
    return pd.DataFrame({"outline": simple}, index=rows.index)


def epci_names(build: Build) -> pd.DataFrame:
    """Return `name` and `legal_form` of each intercommunalité, by SIREN."""
    rows = build.rows("dgcl-epci").drop_duplicates("siren").set_index("siren")
    return rows[["name", "legal_form"]].sort_index()


def ept_names(build: Build) -> pd.DataFrame:
    """Return `name` and `legal_form` of each territorial establishment of the Grand Paris, by SIREN."""
    rows = build.rows("insee-ept").drop_duplicates("siren").set_index("siren")
    return rows[["name"]].assign(legal_form="EPT").sort_index()


@provider(
    "basins.Perimeter",
    needs=("anct-industry-territories", "anct-industry-territory-communes"),
    after=("basins.Commune",),
)
def industry_territories(build: Build) -> pd.DataFrame:
    """Territoires d'industrie, outlines simplified together so that common borders stay common."""
    import shapely

    rows = build.rows("anct-industry-territories").set_index("code")
    simple = shapely.coverage_simplify(shapely.from_wkb(rows["geom"].to_numpy(object)), OUTLINE_TOLERANCE_DEG)
    members = industry_territory_communes(build)
    population = build.table("basins.Commune").set_index("insee_code")["population"]
    counted = pd.DataFrame(
        {
            "code": members["perimeter"].str.partition(":")[2],
            "population": members["commune"].map(population),
        }
    )
    return perimeter_rows(TERRITORY, rows.assign(legal_form=""), counted, pd.Series(simple, index=rows.index))


@provider(
    "basins.PerimeterCommune",
    needs=("anct-industry-territory-communes",),
    after=("basins.Perimeter", "basins.Commune"),
)
def industry_territory_communes(build: Build) -> pd.DataFrame:
    """Member communes of the Territoires d'industrie: the composition of the other kinds is a fact of each commune."""
    rows = build.rows("anct-industry-territory-communes")
    strangers = set(rows["insee_code"]) - set(build.table("basins.Commune")["insee_code"])
    if strangers:
        raise BuildError(f"Territoires d'industrie : communes inconnues : {', '.join(sorted(strangers)[:20])}.")
    keys = [perimeter_key(TERRITORY, code) for code in rows["territory"]]
    return pd.DataFrame({"perimeter": keys, "commune": rows["insee_code"]})


@provider("basins.IndustryTerritoryMember", needs=("anct-industry-territory-members",), after=("basins.Perimeter",))
def industry_territory_members(build: Build) -> pd.DataFrame:
    """Groupings and single communes that joined a Territoire d'industrie."""
    rows = build.rows("anct-industry-territory-members")
    keys = [perimeter_key(TERRITORY, code) for code in rows["territory"]]
    strangers = set(keys) - set(build.table("basins.Perimeter")["key"])
    if strangers:
        raise BuildError(f"groupements de Territoires d'industrie inconnus : {', '.join(sorted(strangers)[:20])}.")
    return pd.DataFrame({"perimeter": keys, "kind": rows["kind"], "code": rows["siren"], "name": rows["name"]})


@provider("basins.NeighbourLand", needs=("natural-earth-neighbours",))
def neighbour_lands(build: Build) -> pd.DataFrame:
    """Countries around metropolitan France."""
    import shapely

    rows = build.rows("natural-earth-neighbours")
    outlines = shapely.from_wkb(rows["geom"].to_numpy(object))
    return pd.DataFrame(
        {"code": rows["code"], "name": rows["name"], "geom": [compact_outline(outline) for outline in outlines]}
    )
