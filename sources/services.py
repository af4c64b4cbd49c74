"""Writes of the import: one file becomes one release, whole or not at all."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from sources.bulk import copy_rows, lift_time_limit
from sources.models import RejectedRow, Release, Source
from sources.progress import track
from sources.registry import Dataset, Rejected


@dataclass(frozen=True)
class IngestReport:
    """What one `ingest` did: the release, whether it was new, and its counts."""

    release_key: str
    is_new: bool
    row_count: int
    rejected: tuple[Rejected, ...]


class DryRun(Exception):
    """Raised inside the transaction to undo a rehearsal."""


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def ingest_file(
    dataset: Dataset, path: Path, *, vintage: str = "", part: str = "", dry_run: bool = False
) -> IngestReport:
    """Load a file as the release of a data set, in one transaction.

    The same content is a no-op, but for the description of its source. A newer file replaces the raw rows of the
    older one of the same part. Raises `LayoutError` when the layout is unknown; nothing is then written.
    """
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
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return report


def vintage_of(dataset: Dataset, path: Path) -> str:
    """Return the vintage that a file tells, else the one declared."""
    return dataset.find_vintage(path) if dataset.find_vintage else dataset.vintage


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
    rows = _accepted_rows(dataset, path, release.pk, rejected)
    release.row_count = copy_rows(dataset.model, ("release", *dataset.columns), rows)
    release.rejected_count = len(rejected)
    release.save(update_fields=("row_count", "rejected_count"))
    copy_rows(
        RejectedRow,
        ("release", "line", "column", "value", "reason"),
        ((release.pk, row.line, row.column, row.value[:200], row.reason) for row in rejected),
    )
    return IngestReport(release.key, True, release.row_count, tuple(rejected))


def _accepted_rows(
    dataset: Dataset, path: Path, release_id: int, rejected: list[Rejected]
) -> Iterator[tuple[Any, ...]]:
    for record in track(dataset.parse(path), label=dataset.slug, unit="lignes"):
        if isinstance(record, Rejected):
            rejected.append(record)
        else:
            yield (release_id, *record)
