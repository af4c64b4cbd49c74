"""Importing the communes of France from GeoJSON, checked and audited, against ogr2ogr on the same file."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from django.db import connection, transaction

from bench.protocol import Line, plain
from sources.apps import discover_datasets
from sources.registry import DATASETS
from sources.services import ingest_file

DATASET = "commune-shapes"
ROUNDS = 3
AIM = 2.0
FEATURES = """
SELECT json_build_object('type', 'Feature',
    'properties', json_build_object('code_insee', insee_code, 'nom', name, 'ze2020', '0000', 'area_km2', 1.0),
    'geometry', ST_AsGeoJSON(geom, 5)::json)::text
FROM basins_commune WHERE edition_id = (SELECT id FROM sources_edition WHERE is_current) AND geom IS NOT NULL
ORDER BY insee_code
"""


def measure() -> list[Line]:
    """Return the wall time of our import, undone at the end, over that of ogr2ogr into a table of its own."""
    discover_datasets()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "communes_2026_simplified.geojson"
        count = write_file(path)
        ours, theirs = [], []
        for _turn in range(ROUNDS):
            ours.append(import_seconds(path, count))
            theirs.append(ogr2ogr_seconds(path))
        size = path.stat().st_size / 1e6
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    told = f"{min(ours):.1f} s contre {min(theirs):.1f} s, {count} communes, {size:.0f} Mo".replace(".", ",")
    name = "import des communes, géométries vérifiées / ogr2ogr"
    return [plain(name, ratios, unit="fois", aim=AIM, detail=told)]


def write_file(path: Path) -> int:
    """Write the communes of the edition in the layout of the data set; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(FEATURES)
        features = [text for (text,) in cursor.fetchall()]
    path.write_text(f'{{"type": "FeatureCollection", "features": [{",".join(features)}]}}', encoding="utf-8")
    return len(features)


def import_seconds(path: Path, count: int) -> float:
    """Return the seconds of `ingest` on the file, undone at the end; every commune must be accepted."""
    began = time.perf_counter()
    with transaction.atomic():
        report = ingest_file(DATASETS[DATASET], path)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    if report.row_count != count:
        raise SystemExit(f"{count} communes written, {report.row_count} accepted: {report.rejected[:3]}")
    return seconds


def ogr2ogr_seconds(path: Path) -> float:
    """Return the seconds of ogr2ogr on the file, reprojected, its index included."""
    about = connection.settings_dict
    target = f"PG:host={about['HOST']} dbname={about['NAME']} user={about['USER']}"
    options = ["-nln", "bench_communes", "-nlt", "PROMOTE_TO_MULTI", "-t_srs", "EPSG:2154", "-overwrite"]
    began = time.perf_counter()
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", target, str(path), *options, "--config", "PG_USE_COPY", "YES"],
        check=True,
        env={**os.environ, "OGR_GEOJSON_MAX_OBJ_SIZE": "0"},
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_communes")
    return seconds
