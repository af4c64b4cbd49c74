"""Writes of the import: one file becomes one release, whole or not at all."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import DataError, transaction

from sources.ahead import read_ahead
from sources.bulk import copy_rows, copying, lift_time_limit
from sources.models import RejectedRow, Release, Source
from sources.progress import track
from sources.recognition import LayoutError, kind_of
from sources.registry import Block, Dataset, Rejected

# Under this size reading row by row takes a few seconds at most, and nothing heavy is imported.
LARGE_FILE_BYTES = 4 << 20
BLOCKS_AHEAD = 2


@dataclass(frozen=True)
class IngestReport:
    """What one `ingest` did: the release, whether it was new, and its counts."""

    release_key: str
    is_new: bool
    row_count: int
    rejected: tuple[Rejected, ...]


class DryRun(Exception):
    """Raised inside the transaction to undo a rehearsal."""


class RefusedRows(Exception):
    """A file with refused rows where none was allowed; `report` says which."""

    def __init__(self, report: IngestReport) -> None:
        super().__init__(f"{len(report.rejected)} lignes rejetées")
        self.report = report


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def ingest_file(
    dataset: Dataset, path: Path, *, vintage: str = "", part: str = "", dry_run: bool = False, strict: bool = False
) -> IngestReport:
    """Load a file as the release of a data set, in one transaction.

    The same content is a no-op, but for the description of its source. A newer file replaces the raw rows of the
    older one of the same part. Raises `LayoutError` when the layout is unknown or no row can be kept, `RefusedRows`
    when `strict` and a row is refused; nothing is then written.
    """
    kind_of(path)
    checksum = file_checksum(path)
    known = Release.objects.filter(source_id=dataset.slug, part=part, checksum=checksum, has_rows=True).first()
    if known:
        if not dry_run:
            register_source(dataset)
        return IngestReport(known.key, False, known.row_count, ())
    try:
        with transaction.atomic():
            lift_time_limit()
            report = _write_release(dataset, path, vintage or vintage_of(dataset, path), part, checksum)
            if strict and report.rejected:
                raise RefusedRows(report)
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return report


def vintage_of(dataset: Dataset, path: Path) -> str:
    """Return the vintage that a file tells, or its name when `fetch` gave it, else the one declared."""
    if dataset.find_vintage:
        return dataset.find_vintage(path)
    named = re.fullmatch(rf"{re.escape(dataset.slug)}_([0-9][0-9A-Za-z-]*)\..+", path.name)
    return named[1] if named else dataset.vintage


def register_source(dataset: Dataset) -> Source:
    """Create or refresh the `Source` row of a data set."""
    facts = {
        "title": dataset.title,
        "producer": dataset.producer,
        "licence": dataset.licence,
        "page": dataset.page,
        "note": dataset.note,
    }
    source, _created = Source.objects.update_or_create(slug=dataset.slug, defaults=facts)
    return source


def _write_release(dataset: Dataset, path: Path, vintage: str, part: str, checksum: str) -> IngestReport:
    source = register_source(dataset)
    for older in source.releases.filter(part=part, has_rows=True):
        dataset.model._default_manager.filter(release=older).delete()
        older.rejected_rows.all().delete()
        older.has_rows = False
        older.save(update_fields=("has_rows",))
    named = f"{vintage}/{part}" if part else vintage
    release, _created = Release.objects.update_or_create(
        source=source,
        checksum=checksum,
        defaults={
            "key": f"{source.slug}@{named}+{checksum[:8]}",
            "vintage": vintage,
            "part": part,
            "has_rows": True,
        },
    )
    rejected: list[Rejected] = []
    try:
        release.row_count = _copy_records(dataset, path, release.pk, rejected)
    except (DataError, psycopg.DataError) as error:
        raise LayoutError(f"{path.name} : la base refuse une valeur ({_first_lines(error)}).") from error
    if not release.row_count:
        raise LayoutError(f"{path.name} : aucune ligne n'a pu être retenue{_first_refusal(rejected)}.")
    release.rejected_count = len(rejected)
    release.save(update_fields=("row_count", "rejected_count"))
    copy_rows(
        RejectedRow,
        ("release", "line", "column", "value", "reason"),
        ((release.pk, *_stored(row)) for row in rejected),
    )
    return IngestReport(release.key, True, release.row_count, tuple(rejected))


def _copy_records(dataset: Dataset, path: Path, release_id: int, rejected: list[Rejected]) -> int:
    """COPY what the parser accepts, put aside what it refuses; return the number of rows written."""
    if dataset.parse_blocks and path.stat().st_size >= LARGE_FILE_BYTES:
        records = read_ahead(dataset.parse_blocks(path), depth=BLOCKS_AHEAD)
    else:
        records = dataset.parse(path)
    count = 0
    with copying(dataset.model, ("release", *dataset.columns)) as copy:
        for record in track(records, label=dataset.slug, unit="lignes", size=_size):
            if isinstance(record, Rejected):
                rejected.append(record)
                continue
            if isinstance(record, Block):
                copy.write(record.copy_text(release_id))
            else:
                copy.write_row((release_id, *record))
            count += _size(record)
    return count


def _first_lines(error: Exception) -> str:
    """Return what the database says: the reason, and the line and column of COPY."""
    return " ; ".join(line for line in str(error).splitlines() if line.strip())[:400]


def _first_refusal(rejected: list[Rejected]) -> str:
    if not rejected:
        return " : rien sous l'en-tête. Téléchargez le fichier de nouveau"
    first = rejected[0]
    return f", {len(rejected)} rejetées ; ligne {first.line}, {first.column} = {first.value[:80]!r} : {first.reason}"


def _stored(row: Rejected) -> Rejected:
    """Return a refusal that fits its table, a null character made visible."""
    value, column = row.value.replace("\0", "\u2400"), row.column.replace("\0", "\u2400")
    return Rejected(row.line, column[:80], value[:200], row.reason[:300])


def _size(record: Any) -> int:
    return record.row_count if isinstance(record, Block) else 1
