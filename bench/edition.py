"""Putting the built-in edition on show, held against the bare COPY of the same files."""

import gzip
import statistics
import time
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from bench.protocol import Line, plain
from sources.edition_files import file_name, read_manifest
from sources.loading import load_edition
from sources.models import Edition

ROUNDS = 3


def measure() -> list[Line]:
    """Return the seconds of a load, its ratio to bare COPY, and the megabytes of the files."""
    folder = settings.BUILT_IN_EDITION
    loads, copies = [], []
    for _turn in range(ROUNDS):
        loads.append(load_seconds(folder))
        copies.append(copy_seconds(folder))
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    ratios = [one / other for one, other in zip(loads, copies, strict=True)]
    told = f"{statistics.median(loads):.1f} s contre {statistics.median(copies):.1f} s".replace(".", ",")
    return [
        plain("charger l'édition intégrée", loads, unit="s", aim=None),
        plain("charger l'édition / COPY nu des mêmes fichiers", ratios, unit="fois", aim=None, detail=told),
        plain("taille de l'édition intégrée", [megabytes], unit="Mo", aim=12),
    ]


def load_seconds(folder: Path) -> float:
    """Return the seconds of a whole load, undone at the end: the edition is forgotten first."""
    with transaction.atomic():
        Edition.objects.filter(is_current=True).update(content_hash="set-aside")
        began = time.perf_counter()
        load_edition(folder)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


def copy_seconds(folder: Path) -> float:
    """Return the seconds of COPY of every file into tables of text, without key nor index."""
    tables = read_manifest(folder).tables
    contents = {one["table"]: gzip.decompress((folder / file_name(one["table"])).read_bytes()) for one in tables}
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for label, content in contents.items():
            head, _newline, body = content.partition(b"\n")
            name = sql.Identifier(f"bare_{apps.get_model(label)._meta.db_table}")
            columns = sql.SQL(", ").join(
                sql.SQL("{} text").format(sql.Identifier(one)) for one in head.decode().split(",")
            )
            cursor.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(name, columns))
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(name)) as copy:
                copy.write(body)
    return time.perf_counter() - began
