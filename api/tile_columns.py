"""Migrations that give a table the columns its tiles are cut from: computed by the database as rows come in."""

from collections.abc import Mapping

from django.db import migrations

# Metres of Web Mercator: under half a pixel of 512-pixel tiles at the last zoom where the column is drawn (5, then 7).
TOLERANCES = {"tile_far": 1000, "tile_middle": 250}


def surface_columns(table: str, source: str = "geom", *, far: bool = True) -> list[migrations.RunSQL]:
    """Return the operations that add the columns of a layer of surfaces: far, middle, near, each with its index.

    Without `far`, near alone: for shapes published so coarse, or drawn from so near, that nothing can be left out.
    """
    projected = f"ST_Transform({source}, 3857)"
    made = {name: f"ST_Simplify({projected}, {metres}, true)" for name, metres in TOLERANCES.items() if far}
    return generated_columns(table, "Geometry", made | {"tile_near": projected})


def point_column(table: str, source: str = "point") -> list[migrations.RunSQL]:
    """Return the operations that add the column of a layer of points.

    `&&` on geography compares boxes of the globe, whose edges are not those of a tile: it misses points.
    """
    return generated_columns(table, "Point", {"tile_point": f"ST_Transform({source}::geometry, 3857)"})


def generated_columns(table: str, kind: str, made: Mapping[str, str]) -> list[migrations.RunSQL]:
    """Return the operations that add columns computed from others, and their indexes.

    The models do not know these columns: an edition's files do not hold them, `load_edition` does not write them.
    """
    return [
        migrations.RunSQL(
            [
                f"ALTER TABLE {table} ADD COLUMN {name} geometry({kind}, 3857) GENERATED ALWAYS AS ({sql}) STORED",
                f"CREATE INDEX {table}_{name} ON {table} USING gist ({name})",
            ],
            [f"ALTER TABLE {table} DROP COLUMN {name}"],
        )
        for name, sql in made.items()
    ]
