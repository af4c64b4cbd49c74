"""The statements that read features: each comes out of the database as the text of its GeoJSON.

They are made of the constants of `collections.py`, of numbers, and of what readers write, which always goes through
`quoted`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.db import connection
from psycopg import sql

from api.ogc.boxes import touching
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.provenance import EDITION_ON_SHOW, About, edition_of, edition_on_show
from api.ogc.question import ItemsQuestion
from api.ogc.reference_systems import REFERENCE_SYSTEMS, ReferenceSystem
from sources.geometry import DEGREES
from sources.models import Edition

# A whole collection is counted in a tenth of this.
MOST_MILLISECONDS = 3000

last_seen: dict[str, Edition] = {}


def quoted(value: str) -> str:
    """Return a text as a literal of SQL."""
    return sql.Literal(value).as_string(None)


def conditions(collection: Collection, edition_id: int, about: About, question: ItemsQuestion) -> str:
    """Return what the features of an answer meet, whatever the page."""
    met = [f"f.edition_id = {edition_id}"]
    met += [collection.filters[name].filter.format(value=quoted(value)) for name, value in question.values]
    if question.box is not None:
        met.append(touching(collection, question.box, about.shapeless))
    if question.during is not None:
        # What has no date is kept, as the standard asks.
        left_out = [one for one in about.origins if one.covers and not one.covers.meets(question.during)]
        if left_out:
            met.append(f"({about.release} IN ({', '.join(str(one.release_id) for one in left_out)})) IS NOT TRUE")
    return " AND ".join(met)


def count_statement(collection: Collection, met: str) -> str:
    """Return the statement that counts the features that meet conditions."""
    return f"SELECT count(*) FROM {collection.table} AS f WHERE {met}"


def page_statement(
    collection: Collection, about: About, met: str, question: ItemsQuestion, *, is_counting: bool = False
) -> str:
    """Return the statement of a page: (id, GeoJSON, total) rows by id, from last to first before one, one row more.

    The total is how many features are found, null unless `is_counting`: it costs a look at them all.
    """
    key, order = f"f.{collection.key}", order_of(question)
    counting = ", count(*) OVER () AS total" if is_counting else ""
    page = (
        f"SELECT f.*{counting} FROM {collection.table} AS f WHERE {met} AND {past(key, question)} "
        f"ORDER BY {key} {order} LIMIT {question.limit + 1}"
    )
    return written(collection, about, question.system, page, order, total="f.total" if is_counting else "NULL")


def feature_statement(
    collection: Collection, about: About, edition_id: int, feature_id: str, system: ReferenceSystem
) -> str:
    """Return the statement that reads one feature: one (id, GeoJSON, null) row, or none."""
    met = f"f.edition_id = {edition_id} AND f.{collection.key} = {quoted(feature_id)}"
    return written(collection, about, system, f"SELECT f.* FROM {collection.table} AS f WHERE {met}", "ASC")


def order_of(question: ItemsQuestion) -> str:
    """Return the order in which a page is read: backwards when it ends at a feature."""
    return "ASC" if question.before is None else "DESC"


def past(key: str, question: ItemsQuestion) -> str:
    """Return the condition that keeps what follows, or precedes, the feature a page starts from."""
    if question.after is not None:
        return f"{key} > {quoted(question.after)}"
    if question.before is not None:
        return f"{key} < {quoted(question.before)}"
    return "true"


def written(
    collection: Collection, about: About, system: ReferenceSystem, rows: str, order: str, *, total: str = "NULL"
) -> str:
    """Return the statement that writes the features of rows chosen first, so that only these are written."""
    head, tail = frame(collection.name, system.uri, about)
    return f"{head}, {total} FROM ({rows}) AS f {tail} {order}"


@lru_cache(maxsize=4 * len(COLLECTIONS))
def frame(name: str, uri: str, about: About) -> tuple[str, str]:
    """Return what stands before and after the rows of a statement, the same for every question."""
    collection, system = COLLECTIONS[name], REFERENCE_SYSTEMS[uri]
    key, shape = f"f.{collection.key}", geometry(collection, system)
    head = (
        f"""SELECT {key}, '{{"type":"Feature","id":' || to_json({key})::text || ',"geometry":' """
        f"""|| COALESCE(ST_AsGeoJSON({shape}, {system.decimals}, 0), 'null') """
        f"""|| ',"properties":' || row_to_json(q)::text || '}}'"""
    )
    basin = "JOIN basins_employmentzone AS z ON z.id = f.zone_id" if collection.has_basin else ""
    told = {"source": by_release(about, "source"), "vintage": by_release(about, "vintage")}
    properties = ", ".join(f"{one.sql.format(**told)} AS {one.name}" for one in collection.properties)
    return head, f"{basin}, LATERAL (SELECT {properties}) AS q ORDER BY {key}"


def geometry(collection: Collection, system: ReferenceSystem) -> str:
    """Return the geometry of a feature in a reference system, axes in the order of that system."""
    if system.srid != DEGREES:
        return f"ST_Transform({collection.geometry}, {system.srid})"
    return f"ST_FlipCoordinates({collection.geometry})" if system.latitude_first else collection.geometry


def by_release(about: About, word: str) -> str:
    """Return the SQL that gives what the release of a feature says: few releases, known beforehand, need no join."""
    cases = " ".join(f"WHEN {one.release_id} THEN {quoted(getattr(one, word))}" for one in about.origins)
    return f"CASE {about.release} {cases} END" if cases else "NULL::text"


def read(statement: str) -> Sequence[tuple]:
    """Return the rows of a statement; raises `OperationalError` past the time limit."""
    return exchanged(statement)[1]


def read_current(statement_of: Callable[[Edition], str]) -> tuple[Edition, Sequence[tuple]]:
    """Return the edition on show and the rows of the statement made for it; raises `NoEdition`, `OperationalError`.

    The statement is made for the edition last seen on show and sent with the question of which one is: one exchange
    instead of two, but when the edition has just changed.
    """
    edition = last_seen.get("edition") or edition_on_show()
    while True:
        found, rows = exchanged(statement_of(edition), f"{EDITION_ON_SHOW}; ")
        last_seen["edition"] = on_show = edition_of(found)
        if on_show.content_hash == edition.content_hash and on_show.pk == edition.pk:
            return edition, rows
        edition = on_show


def exchanged(statement: str, first: str = "") -> list[Sequence[tuple]]:
    """Return the rows of a statement that comes first, if any, and of a statement, both held to the time limit."""
    with connection.cursor() as cursor:
        # Sent together they are one transaction and one exchange, as for tiles.
        cursor.execute(f"SET LOCAL statement_timeout = {MOST_MILLISECONDS}; {first}{statement}")
        found = []
        while cursor.nextset():
            found.append(cursor.fetchall())
    return found if first else [[], *found]
