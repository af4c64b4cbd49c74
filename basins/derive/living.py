"""Living conditions of zones: rents, vacancy, general practitioners, net migration, density."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation, translated
from basins.zone_means import zone_ratio, zone_weighted_mean
from sources.editions import Build, provider
from sources.models import Status

# Below this share of a zone's weight known, the mean would speak for communes it does not know.
LEAST_COVERAGE = 0.5
TABLES = ("basins.Commune", "basins.EmploymentZone")


def zone_values(
    build: Build, indicator: str, values: pd.Series, *, release: str, status: Status | pd.Series, decimals: int
) -> pd.DataFrame:
    """Return the `ZoneValue` rows of an indicator for every zone; a zone without value is `missing`.

    `values` and `status` are indexed by zone code; a status that carries no number (suppressed) empties the value.
    """
    zones = pd.Index(build.table("basins.EmploymentZone")["code"])
    value = values.reindex(zones).astype(float).round(decimals)
    given = status if isinstance(status, pd.Series) else pd.Series(status.value, index=values.index)
    known = given.reindex(zones).where(value.notna() | (given.reindex(zones) == Status.SUPPRESSED.value))
    final = known.fillna(Status.MISSING.value)
    carries = final.isin([Status.OBSERVED.value, Status.ESTIMATED.value])
    return pd.DataFrame(
        {
            "indicator": indicator,
            "zone": zones,
            "value": value.where(carries).to_numpy(),
            "status": final.to_numpy(),
            "release": build.release(release),
        }
    )


def whole_commune_rows(build: Build, slug: str) -> pd.DataFrame:
    """Return the rows of a data set with `insee_code` in force; an arrondissement goes where its commune is there too.

    Several rows can share a code: communes merged since, arrondissements of a commune that is not in the file.
    """
    rows, official = build.rows(slug), build.rows("insee-communes")
    parts = official[official["kind"] == "ARM"].set_index("insee_code")["parent"]
    is_repeated = rows["insee_code"].map(parts).isin(set(rows["insee_code"]))
    kept = rows[~is_repeated]
    return kept.assign(insee_code=translated(kept["insee_code"], code_translation(build), what=slug))


def zone_of(build: Build, codes: pd.Series, *, what: str) -> pd.Series:
    """Return the zone of each commune code, of any vintage, same index."""
    communes = build.table("basins.Commune").set_index("insee_code")["zone"]
    return translated(codes, code_translation(build), what=what).map(communes)


def rent_values(build: Build, indicator: str, slug: str) -> pd.DataFrame:
    """Return a rent by zone: mean of the rents predicted for its communes, weighted by population (EUR/m2/month).

    Always `estimated`: the producer's figures are predictions of a model.
    """
    rows = build.rows(slug)
    population = build.rows("insee-populations").set_index("insee_code")["population"].astype(float)
    weight = rows["insee_code"].map(population)
    means = zone_weighted_mean(rows["rent"], weight, zone_of(build, rows["insee_code"], what=slug))
    return zone_values(build, indicator, means["mean"], release=slug, status=Status.ESTIMATED, decimals=2)


@provider("basins.ZoneValue", needs=("dhup-flat-rents", "insee-populations", *CODE_SOURCES), after=TABLES)
def flat_rents(build: Build) -> pd.DataFrame:
    """Advertised rent of flats."""
    return rent_values(build, "living.rent_flat", "dhup-flat-rents")


@provider("basins.ZoneValue", needs=("dhup-house-rents", "insee-populations", *CODE_SOURCES), after=TABLES)
def house_rents(build: Build) -> pd.DataFrame:
    """Advertised rent of houses."""
    return rent_values(build, "living.rent_house", "dhup-house-rents")


@provider("basins.ZoneValue", needs=("insee-census-dwellings", *CODE_SOURCES), after=TABLES)
def vacancy(build: Build) -> pd.DataFrame:
    """Vacant dwellings over all dwellings of the zone, census: 100 x sum(vacant) / sum(dwellings)."""
    rows = whole_commune_rows(build, "insee-census-dwellings")
    zone = zone_of(build, rows["insee_code"], what="insee-census-dwellings")
    share = 100 * zone_ratio(rows["vacant"], rows["dwellings"], zone)
    return zone_values(
        build, "living.vacancy_pct", share, release="insee-census-dwellings", status=Status.OBSERVED, decimals=2
    )


@provider("basins.ZoneValue", needs=("lovac", "insee-census-dwellings", *CODE_SOURCES), after=TABLES)
def long_vacancy(build: Build) -> pd.DataFrame:
    """Share of private dwellings vacant for over two years, mean of the communes published, weighted by dwellings.

    LOVAC gives rates without the stock they apply to: the census dwellings of the commune stand for it, and its
    population where the census is not at hand (Mayotte). Small communes are secret, so the value is `estimated`, and
    `suppressed` when they hold more than half of the zone's dwellings.
    """
    table = published_long_vacancy(build)
    means = zone_weighted_mean(table["long_vacancy_pct"], table["weight"].astype(float), table["zone"])
    status = pd.Series(Status.ESTIMATED.value, index=means.index).where(
        means["coverage"] >= LEAST_COVERAGE, Status.SUPPRESSED.value
    )
    return zone_values(build, "living.long_vacancy_pct", means["mean"], release="lovac", status=status, decimals=2)


def published_long_vacancy(build: Build) -> pd.DataFrame:
    """Return `zone`, `weight` and published `long_vacancy_pct` by commune in force or municipal arrondissement."""
    official = build.rows("insee-communes")
    as_published = {code: code for code in official["insee_code"]}
    translation = code_translation(build) | as_published
    census, rates = build.rows("insee-census-dwellings"), build.rows("lovac")
    # Rates are given by arrondissement: the commune that the census adds to its own would weigh twice.
    parts = official[official["insee_code"].isin(census["insee_code"])]["parent"]
    census = census[~census["insee_code"].isin(parts)]
    code = translated(census["insee_code"], translation, what="insee-census-dwellings")
    weights = census["dwellings"].groupby(code).sum().rename("weight").rename_axis("insee_code").reset_index()
    weights["zone"] = zone_of(build, weights["insee_code"], what="insee-census-dwellings")
    communes = build.table("basins.Commune").rename(columns={"population": "weight"})
    uncounted = communes.loc[~communes["zone"].isin(weights["zone"]), ["insee_code", "weight", "zone"]]
    rates = rates.assign(insee_code=translated(rates["insee_code"], translation, what="lovac"))
    return pd.concat([weights, uncounted]).merge(rates, on="insee_code", how="left", validate="1:1")


@provider("basins.ZoneValue", needs=("insee-bpe-practitioners", *CODE_SOURCES), after=TABLES)
def practitioners(build: Build) -> pd.DataFrame:
    """General practitioners per 10,000 inhabitants.

    A commune absent from the file has none. `estimated` where the population is not of the same years (Mayotte).
    """
    rows = build.rows("insee-bpe-practitioners")
    zones = build.table("basins.EmploymentZone").set_index("code")
    zone = zone_of(build, rows["insee_code"], what="insee-bpe-practitioners")
    found = rows["general_practitioners"].groupby(zone).sum()
    rate = 10_000 * found.reindex(zones.index, fill_value=0) / zones["population"]
    status = per_head_status(build)
    return zone_values(
        build, "living.gp_per_10000", rate, release="insee-bpe-practitioners", status=status, decimals=2
    )


def per_head_status(build: Build) -> pd.Series:
    """Return by zone the status of a rate per inhabitant: estimated where the population is an older one (Mayotte)."""
    zones = build.table("basins.EmploymentZone").set_index("code")
    is_newest = zones["population_year"] == zones["population_year"].max()
    return pd.Series(Status.OBSERVED.value, index=zones.index).where(is_newest, Status.ESTIMATED.value)


@provider("basins.ZoneValue", needs=("insee-zone-migration",), after=TABLES)
def net_migration(build: Build) -> pd.DataFrame:
    """Population change due to net migration, % a year, as published."""
    rate = build.rows("insee-zone-migration").set_index("zone")["net_migration_pct"]
    return zone_values(
        build, "living.net_migration_pct", rate, release="insee-zone-migration", status=Status.OBSERVED, decimals=2
    )


@provider("basins.ZoneValue", needs=("commune-zones",), after=TABLES)
def density(build: Build) -> pd.DataFrame:
    """Inhabitants per km2."""
    zones = build.table("basins.EmploymentZone").set_index("code")
    per_km2 = zones["population"] / zones["area_km2"]
    return zone_values(
        build, "population.density", per_km2, release="commune-zones", status=Status.OBSERVED, decimals=1
    )
