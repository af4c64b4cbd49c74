"""Every commune of the edition as rows of a file: where it belongs, its people, jobs, dwellings, services, sites."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.contrib.gis.db.models import PointField
from django.db.models import FloatField, Func
from django.db.models.functions import Cast
from django.utils.text import slugify
from django.utils.translation import override

from basins.models import Commune, CommuneCounts, Department, Perimeter, PerimeterCommune
from basins.queries import count_names
from economy.commune_jobs import IS_BARE, covered_departments, series_of, years_held
from economy.models import CommuneJobs
from explorer.citations import cited
from explorer.csv_tables import Cell
from infrastructure.models import CommuneBrownfields
from infrastructure.queries import COUNT_COLUMNS
from scoring.facts import Facts
from sources.models import Edition

# Communes read at once: the first rows leave in a blink, and no statement lasts, however slow the reader.
BLOCK = 1000
PLACE_COLUMNS = ("code", "nom", "departement", "region", "bassin", "bassin_nom", "epci", "epci_nom", "ept")
PLACE_COLUMNS += ("territoires_industrie", "population", "longitude", "latitude")
PLACE_FIELDS = (
    "insee_code",
    "name",
    "department_id",
    "department__region_id",
    "zone__code",
    "epci_siren",
    "ept_siren",
)
PLACE_FIELDS += ("population",)
DICTIONARY_COLUMNS = ("colonne", "libelle", "unite", "sources")
DEGREES = {"longitude": "ST_X", "latitude": "ST_Y"}
DEGREE_DECIMALS = 5
JOBS, BROWNFIELDS = "urssaf-commune-series", "cerema-cartofriches-counts"
# The data set behind each count of `CommuneCounts`.
COUNT_SOURCES = {
    "insee-census-dwellings": ("dwellings", "second_homes", "vacant_dwellings"),
    "insee-bpe-practitioners": ("general_practitioners", "nurses"),
    "insee-bpe-equipment": (
        "pharmacies", "nurseries", "primary_schools", "middle_schools", "high_schools", "large_stores", "stations",
    ),
    "sitadel-dwellings": ("dwellings_authorised",),
    "dvf-prices": ("sales",),
}  # fmt: skip
SOURCES = ("commune-zones", "anct-industry-territory-communes", JOBS, BROWNFIELDS, *COUNT_SOURCES)

Table = tuple[list[str], Iterator[list[Cell]]]


def communes_table(facts: Facts) -> Table:
    """Return a row per commune, by code, read block by block; an empty cell is not known, never zero."""
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    years = years_held(edition.pk)
    columns = [*PLACE_COLUMNS, *(f"emplois_prives_{year}" for year in years), *map(count_column, count_names())]
    return [*columns, *map(brownfield_column, COUNT_COLUMNS)], _rows(facts, edition, years)


def count_column(name: str) -> str:
    """Return the column of a count, named after its French words, which no language changes."""
    return _key(CommuneCounts, name)


def brownfield_column(name: str) -> str:
    """Return the column of a count of listed sites."""
    return f"friches_{_key(CommuneBrownfields, name)}"


def _key(model: Any, name: str) -> str:
    with override("fr"):
        return slugify(str(model._meta.get_field(name).verbose_name).replace("'", " ")).replace("-", "_")


def _rows(facts: Facts, edition: Edition, years: Sequence[int]) -> Iterator[list[Cell]]:
    epcis = dict(Perimeter.objects.of(edition).filter(kind=Perimeter.Kind.EPCI).values_list("code", "name"))
    zones = {zone.code: zone.name for zone in facts.zones}
    covered = covered_departments(edition.pk, Department.objects.values_list("pk", flat=True))
    last = ""
    while block := _block(edition, last):
        yield from _block_rows(block, zones, epcis, years, covered)
        last = block[-1][1]


def _block(edition: Edition, after: str) -> list[tuple[Any, ...]]:
    """Return the communes that follow a code: key, then what `_place` reads."""
    place = Cast("point", PointField())
    degrees = {name: Func(place, function=call, output_field=FloatField()) for name, call in DEGREES.items()}
    communes = (
        Commune.objects.of(edition)
        .filter(insee_code__gt=after)
        .order_by("insee_code")
        .annotate(**degrees, is_bare=IS_BARE)
    )
    return list(communes.values_list("pk", *PLACE_FIELDS, *DEGREES, "is_bare")[:BLOCK])


def _block_rows(
    block: Sequence[tuple[Any, ...]],
    zones: dict[str, str],
    epcis: dict[str, str],
    years: Sequence[int],
    covered: Collection[str],
) -> Iterator[list[Cell]]:
    keys = [one[0] for one in block]
    counts = _by_commune(CommuneCounts.objects.filter(commune__in=keys), count_names())
    sites = _by_commune(CommuneBrownfields.objects.filter(commune__in=keys), COUNT_COLUMNS)
    jobs = dict(CommuneJobs.objects.filter(commune__in=keys).values_list("commune_id", "jobs"))
    territories = _territories(keys)
    # A commune that the inventory does not name has no listed site; one without counts is not known.
    no_jobs, no_counts, no_site = [None] * len(years), [None] * len(count_names()), [0] * len(COUNT_COLUMNS)
    for key, code, name, department, region, zone, epci, ept, population, longitude, latitude, is_bare in block:
        known = series_of(jobs.get(key), is_covered=department in covered, has_outline=not is_bare, years=years)
        yield [
            *(code, name, department, region, zone, zones.get(zone, ""), epci, epcis.get(epci, ""), ept),
            *(" ".join(territories.get(key, ())), population),
            *(round(longitude, DEGREE_DECIMALS), round(latitude, DEGREE_DECIMALS)),
            *(no_jobs if known is None else known),
            *counts.get(key, no_counts),
            *sites.get(key, no_site),
        ]


def _by_commune(rows: Any, names: Sequence[str]) -> dict[int, list[int | None]]:
    return {key: values for key, *values in rows.values_list("commune_id", *names)}


def _territories(communes: Sequence[int]) -> dict[int, list[str]]:
    """Return the codes of the Territoires d'industrie of communes."""
    kind = Perimeter.Kind.INDUSTRY_TERRITORY
    members = PerimeterCommune.objects.filter(commune__in=communes, perimeter__kind=kind)
    found: dict[int, list[str]] = {}
    for commune, code in members.order_by("perimeter__code").values_list("commune_id", "perimeter__code"):
        found.setdefault(commune, []).append(code)
    return found


def commune_dictionary_table(facts: Facts) -> Table:
    """Return what each column of the file of communes is: label, unit, source with its vintage."""
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    return list(DICTIONARY_COLUMNS), _dictionary_rows(facts, years_held(edition.pk))


def _dictionary_rows(facts: Facts, years: Sequence[int]) -> Iterator[list[Cell]]:
    places = cited(facts, "commune-zones")
    labels = {
        "code": "code INSEE de la commune",
        "nom": "nom de la commune",
        "departement": "code du département",
        "region": "code de la région",
        "bassin": "code de la zone d'emploi 2020",
        "bassin_nom": "nom de la zone d'emploi 2020",
        "epci": "SIREN de l'intercommunalité, vide sans intercommunalité",
        "epci_nom": "nom de l'intercommunalité",
        "ept": "SIREN de l'établissement public territorial du Grand Paris, vide ailleurs",
        "territoires_industrie": "codes des Territoires d'industrie dont la commune est membre",
        "population": "population municipale",
        "longitude": "point dans la commune, WGS 84",
        "latitude": "point dans la commune, WGS 84",
    }
    units = {"population": "habitants", "longitude": "degrés", "latitude": "degrés"}
    for name in PLACE_COLUMNS:
        slug = "anct-industry-territory-communes" if name == "territoires_industrie" else "commune-zones"
        yield [name, labels[name], units.get(name, ""), cited(facts, slug) or places]
    for year in years:
        yield [f"emplois_prives_{year}", f"emplois salariés privés en {year}", "emplois", cited(facts, JOBS)]
    sources = {name: slug for slug, names in COUNT_SOURCES.items() for name in names}
    with override("fr"):
        for name in count_names():
            label = str(CommuneCounts._meta.get_field(name).verbose_name)
            yield [count_column(name), f"nombre dans la commune : {label}", "nombre", cited(facts, sources[name])]
        for name in COUNT_COLUMNS:
            label = str(CommuneBrownfields._meta.get_field(name).verbose_name)
            yield [brownfield_column(name), f"friches : {label}", "sites", cited(facts, BROWNFIELDS)]
