"""Edition files: one gzipped CSV a table, sorted, byte for byte repeatable, and a manifest."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from django.apps import apps

from sources.models import EditionRow, Release
from sources.twkb import twkb_text

MANIFEST = "manifest.json"


class EditionFileError(Exception):
    """An edition folder that is incomplete or altered; the message names the file and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What an edition folder holds: its name, content hash, tables in loading order and releases used."""

    name: str
    content_hash: str
    tables: list[dict[str, Any]]
    releases: list[dict[str, Any]]


def file_name(label: str) -> str:
    """Return the file of a table: `basins.ZoneValue` stands in `basins_zonevalue.csv.gz`."""
    return f"{label.lower().replace('.', '_')}.csv.gz"


def text_of(value: Any) -> str:
    """Return a cell as PostgreSQL's COPY reads it; a missing value is the empty text."""
    if isinstance(value, list | tuple):
        return "{" + ",".join(str(item) for item in value) + "}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def compact_decimals(label: str) -> dict[str, int]:
    """Return the geometry columns of a table that its file holds as TWKB, with their decimals of a degree."""
    model = apps.get_model(label)
    return model.compact_decimals if issubclass(model, EditionRow) else {}


def compacted(table: pd.DataFrame, decimals: dict[str, int]) -> pd.DataFrame:
    """Return the table with the named columns of hexadecimal EWKB turned into TWKB; no geometry stays none."""
    written = {
        name: [twkb_text(cell, places) if isinstance(cell, str) else None for cell in table[name]]
        for name, places in decimals.items()
    }
    return table.assign(**written)


def table_bytes(table: pd.DataFrame) -> bytes:
    """Return the CSV of a table, header first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text_of(cell) for cell in row] for row in table.itertuples(index=False, name=None))
    return buffer.getvalue().encode()


def write_edition(
    folder: Path, *, name: str, tables: Iterable[tuple[str, pd.DataFrame]], releases: Iterable[Release]
) -> Manifest:
    """Write every table and the manifest; a file whose content has not changed keeps its bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for label, table in tables:
        decimals = compact_decimals(label)
        content = table_bytes(compacted(table, decimals))
        (folder / file_name(label)).write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
        entry = {"table": label, "rows": len(table), "sha256": hashlib.sha256(content).hexdigest()}
        entries.append({**entry, "twkb": sorted(decimals)} if decimals else entry)
    sources = [_release_entry(release) for release in sorted(releases, key=lambda one: one.key)]
    digest = hashlib.sha256(json.dumps([entries, sources], sort_keys=True).encode()).hexdigest()
    manifest = Manifest(name, digest, entries, sources)
    text = json.dumps(manifest.__dict__, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for stray in set(folder.glob("*.csv.gz")) - {folder / file_name(entry["table"]) for entry in entries}:
        stray.unlink()
    return manifest


def _release_entry(release: Release) -> dict[str, Any]:
    source = release.source
    facts = ("slug", "title", "producer", "licence", "page", "note")
    return {
        "key": release.key,
        "vintage": release.vintage,
        **({"part": release.part} if release.part else {}),
        "checksum": release.checksum,
        "row_count": release.row_count,
        "rejected_count": release.rejected_count,
        "source": {name: getattr(source, name) for name in facts},
    }


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an edition folder; raises `EditionFileError` when it is absent or broken."""
    path = folder / MANIFEST
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise EditionFileError(f"{path} est absent : ce dossier ne contient pas d'édition.") from error
    except (ValueError, TypeError) as error:
        raise EditionFileError(f"{path} est illisible ({error}). Reconstruisez l'édition (build_edition).") from error


def read_table(folder: Path, entry: dict[str, Any]) -> tuple[list[str], bytes]:
    """Return (header, CSV body) of a table; raises `EditionFileError` when the content is not the one announced."""
    path = folder / file_name(entry["table"])
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as error:
        raise EditionFileError(
            f"{path.name} est absent ou tronqué ({error}). Restaurez le dossier d'édition."
        ) from error
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise EditionFileError(f"{path.name} a été modifié : son empreinte n'est pas celle du manifeste.")
    head, _newline, body = content.partition(b"\n")
    return head.decode().split(","), body
