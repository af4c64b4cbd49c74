"""The statements that read features: each comes out of the database as the text of its GeoJSON."""

from collections.abc import Sequence

from django.db import connection
from psycopg import sql

from api.ogc.boxes import touching
from api.ogc.collections import Collection
from api.ogc.provenance import About
from api.ogc.question import ItemsQuestion
from api.ogc.reference_systems import ReferenceSystem
from sources.geometry import DEGREES

# A whole collection is counted in a tenth of this.
MOST_MILLISECONDS = 3000


def conditions(collection: Collection, edition_id: int, about: About, question: ItemsQuestion) -> sql.Composable:
    """Return what the features of an answer meet, whatever the page."""
    met: list[sql.Composable] = [sql.SQL("f.edition_id = {}").format(sql.Literal(edition_id))]
    met += [
        sql.SQL(collection.filters[name].filter).format(value=sql.Literal(value)) for name, value in question.values
    ]
    if question.box is not None:
        met.append(touching(collection, question.box))
    if question.during is not None:
        # What has no date is kept, as the standard asks.
        left_out = [one for one in about.origins if one.covers and not one.covers.meets(question.during)]
        if left_out:
            ids = sql.SQL(", ").join(sql.Literal(one.release_id) for one in left_out)
            met.append(sql.SQL("({} IN ({})) IS NOT TRUE").format(sql.SQL(about.release), ids))
    return sql.SQL(" AND ").join(met)


def count_statement(collection: Collection, met: sql.Composable) -> sql.Composable:
    """Return the statement that counts the features that meet conditions."""
    return sql.SQL("SELECT count(*) FROM {} AS f WHERE {}").format(sql.Identifier(collection.table), met)


def page_statement(
    collection: Collection, about: About, met: sql.Composable, question: ItemsQuestion
) -> sql.Composable:
    """Return the statement of a page: (id, GeoJSON) rows by id, from last to first before one, and one row more."""
    key, backwards = sql.Identifier("f", collection.key), question.before is not None
    if question.after is not None:
        met = sql.SQL("{} AND {} > {}").format(met, key, sql.Literal(question.after))
    if question.before is not None:
        met = sql.SQL("{} AND {} < {}").format(met, key, sql.Literal(question.before))
    return features_statement(
        collection, about, met, question.system, limit=question.limit + 1, order="DESC" if backwards else "ASC"
    )


def feature_statement(
    collection: Collection, about: About, edition_id: int, feature_id: str, system: ReferenceSystem
) -> sql.Composable:
    """Return the statement that reads one feature: one (id, GeoJSON) row, or none."""
    met = sql.SQL("f.edition_id = {} AND {} = {}").format(
        sql.Literal(edition_id), sql.Identifier("f", collection.key), sql.Literal(feature_id)
    )
    return features_statement(collection, about, met, system, limit=1, order="ASC")


def features_statement(
    collection: Collection, about: About, met: sql.Composable, system: ReferenceSystem, *, limit: int, order: str
) -> sql.Composable:
    """Return the statement that writes features: the page is chosen first, so that only its rows are written."""
    return sql.SQL(
        """SELECT {key}, '{{"type":"Feature","id":' || to_json({key})::text || ',"geometry":'
        || COALESCE(ST_AsGeoJSON({geometry}, {decimals}, 0), 'null')
        || ',"properties":' || json_strip_nulls(row_to_json(q))::text || '}}'
        FROM (SELECT f.* FROM {table} AS f WHERE {met} ORDER BY {key} {order} LIMIT {limit}) AS f
        {basin} LEFT JOIN {origins} ON p.release_id = {release}, LATERAL (SELECT {properties}) AS q
        ORDER BY {key} {order}"""
    ).format(
        key=sql.Identifier("f", collection.key),
        geometry=geometry(collection, system),
        decimals=sql.Literal(system.decimals),
        table=sql.Identifier(collection.table),
        met=met,
        order=sql.SQL(order),
        limit=sql.Literal(limit),
        basin=sql.SQL("JOIN basins_employmentzone AS z ON z.id = f.zone_id" if collection.has_basin else ""),
        origins=origins(about),
        release=sql.SQL(about.release),
        properties=sql.SQL(", ").join(
            sql.SQL("{} AS {}").format(sql.SQL(one.sql), sql.Identifier(one.name)) for one in collection.properties
        ),
    )


def geometry(collection: Collection, system: ReferenceSystem) -> sql.Composable:
    """Return the geometry of a feature in a reference system, axes in the order of that system."""
    shape = sql.SQL(collection.geometry)
    if system.srid != DEGREES:
        return sql.SQL("ST_Transform({}, {})").format(shape, sql.Literal(system.srid))
    return sql.SQL("ST_FlipCoordinates({})").format(shape) if system.latitude_first else shape


def origins(about: About) -> sql.Composable:
    """Return the releases of a collection as a table `p`: a few rows, known beforehand."""
    rows = [
        sql.SQL("({}::bigint, {}, {})").format(*map(sql.Literal, (one.release_id, one.source, one.vintage)))
        for one in about.origins
    ] or [sql.SQL("(NULL::bigint, NULL::text, NULL::text)")]
    return sql.SQL("(VALUES {}) AS p (release_id, source, vintage)").format(sql.SQL(", ").join(rows))


def read(statement: sql.Composable) -> Sequence[tuple]:
    """Return the rows of a statement; raises `OperationalError` past the time limit."""
    limit = sql.SQL("SET LOCAL statement_timeout = {}; ").format(sql.Literal(MOST_MILLISECONDS))
    with connection.cursor() as cursor:
        # Sent together they are one transaction and one exchange, as for tiles.
        cursor.execute(limit + statement)
        cursor.nextset()
        return cursor.fetchall()
