"""Validated import of a national file against a bare COPY of the same rows into the same table.

Each side runs in a process of its own, which undoes its writes. The bare side sends rows already written as COPY reads
them: it reads no layout, checks nothing, keeps no list of keys.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.protocol import Line, plain

ROWS = 1_500_000
REPEATS = 3
LEAST = 0.4
DATASET = "urssaf-commune-ape"
BUFFER_BYTES = 1 << 20
ROOT = Path(__file__).resolve().parent.parent


def measure() -> list[Line]:
    """Return the rows a second of the import over those of COPY, and the memory of the import."""
    return lines(compare())


def lines(pairs: list[tuple[dict[str, float], dict[str, float]]]) -> list[Line]:
    """Return the figures of (import, copy) pairs."""
    ratios = [copied["seconds"] / imported["seconds"] for imported, copied in pairs]
    ours, bare = (median(pair[side]["rows"] / pair[side]["seconds"] for pair in pairs) for side in (0, 1))
    ratio, name = median(ratios), "import vérifié / COPY nu, lignes par seconde"
    told = f"{ours:,.0f} lignes par seconde contre {bare:,.0f}".replace(",", " ")
    return [
        Line(name, ratio, "fois", min(ratios), max(ratios), f"≥ {LEAST:g}", ratio >= LEAST, None, told),
        plain("mémoire résidente de l'import", [one["resident_mb"] for one, _copied in pairs], unit="Mo", aim=500),
    ]


def compare(*, rows: int = ROWS, repeats: int = REPEATS) -> list[tuple[dict[str, float], dict[str, float]]]:
    """Return, by turn, the rows, seconds and resident memory of the import and of the bare COPY of the same file."""
    from bench.generated import commune_sector_file

    with tempfile.TemporaryDirectory() as folder:
        path = commune_sector_file(Path(folder) / "urssaf-commune-ape_2025.csv", rows=rows)
        copied = Path(folder) / "rows.copy"
        _side("write", path, copied)
        pairs = [(_side("import", path, copied), _side("copy", path, copied)) for _ in range(repeats)]
    assert all(one["rows"] == rows for pair in pairs for one in pair)
    return pairs


def _side(name: str, path: Path, copied: Path) -> dict[str, float]:
    """Run one side in a process of its own; return its rows, seconds and resident memory."""
    command = [sys.executable, "-m", "bench.bulk_import", name, str(path), str(copied)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def _run(name: str, path: Path, copied: Path) -> dict[str, float]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    side: Callable[[Path, Path], tuple[int, float]] = SIDES[name]
    with transaction.atomic():
        rows, seconds = side(path, copied)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM economy_rawcommunesector")
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "resident_mb": resident}


def _import(path: Path, _copied: Path) -> tuple[int, float]:
    """Import the file as `ingest` does."""
    from sources.apps import discover_datasets
    from sources.registry import DATASETS
    from sources.services import ingest_file

    discover_datasets()
    start = time.perf_counter()
    report = ingest_file(DATASETS[DATASET], path)
    seconds = time.perf_counter() - start
    if report.rejected or not report.is_new:
        raise SystemExit(f"the generated file should be new and wholly accepted: {report.rejected[:3]}")
    return report.row_count, seconds


def _write(path: Path, copied: Path) -> tuple[int, float]:
    """Import the file, then write its rows to disk as COPY reads them."""
    from django.db import connection

    from sources.models import Release

    rows, seconds = _import(path, copied)
    release = Release.objects.get(source=DATASET, has_rows=True)
    query = f"COPY (SELECT {COLUMNS} FROM economy_rawcommunesector WHERE release_id = {release.pk}) TO STDOUT"
    with copied.open("wb") as handle, connection.cursor() as cursor, cursor.copy(query) as copy:
        for piece in copy:
            handle.write(piece)
    return rows, seconds


def _copy(path: Path, copied: Path) -> tuple[int, float]:
    """COPY the rows written by the other side, under a release of the same number."""
    from django.db import connection

    from sources.apps import discover_datasets
    from sources.bulk import lift_time_limit
    from sources.models import Release
    from sources.registry import DATASETS
    from sources.services import register_source

    discover_datasets()
    lift_time_limit()
    with copied.open("rb") as handle:
        number = int(handle.readline().split(b"\t")[0])
        handle.seek(0)
        source = register_source(DATASETS[DATASET])
        Release.objects.update_or_create(pk=number, defaults={"source": source, "key": "bench", "checksum": "bench"})
        start = time.perf_counter()
        statement = f"COPY economy_rawcommunesector ({COLUMNS}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            while piece := handle.read(BUFFER_BYTES):
                copy.write(piece)
        seconds = time.perf_counter() - start
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM economy_rawcommunesector WHERE release_id = %s", [number])
            (rows,) = cursor.fetchone()
    return rows, seconds


COLUMNS = "release_id, insee_code, naf_code, years, establishment_counts, jobs"
SIDES = {"import": _import, "write": _write, "copy": _copy}

if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
