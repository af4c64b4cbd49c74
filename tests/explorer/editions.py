"""A later edition made of the built-in one: a basin and a perimeter change codes, an indicator is given up."""

import csv
import gzip
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from sources.edition_files import MANIFEST, file_name, read_manifest

# Before, then after: the same place under another code, and what is no longer published.
ZONE = ("2716", "2799")
PERIMETER = ("epci:200000172", "epci:299999999")
INDICATOR = ("living.rent_flat", "living.rent_of_flats")
NAME = "2027.1"
COLUMNS = {"zone": [ZONE], "perimeter": [PERIMETER], "key": [PERIMETER], "indicator": [INDICATOR]}
RENAMED = {
    "basins.EmploymentZone": {"code": [ZONE]},
    "basins.Perimeter": {"code": [(PERIMETER[0].partition(":")[2], PERIMETER[1].partition(":")[2])]},
    "basins.Commune": {"epci_siren": [(PERIMETER[0].partition(":")[2], PERIMETER[1].partition(":")[2])]},
}


def later_edition(folder: Path) -> Path:
    """Write the later edition and return its folder."""
    shutil.copytree(settings.BUILT_IN_EDITION, folder)
    manifest = read_manifest(folder)
    for entry in manifest.tables:
        path = folder / file_name(entry["table"])
        before = gzip.decompress(path.read_bytes()).decode()
        changes = COLUMNS | RENAMED.get(entry["table"], {})
        with long_cells():
            after = rewritten(before, changes).encode()
        if after != before.encode():
            path.write_bytes(gzip.compress(after, compresslevel=1, mtime=0))
            entry["sha256"] = hashlib.sha256(after).hexdigest()
    digest = hashlib.sha256(json.dumps(manifest.tables, sort_keys=True).encode()).hexdigest()
    told = manifest.__dict__ | {"name": NAME, "content_hash": digest}
    (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return folder


@contextmanager
def long_cells() -> Iterator[None]:
    """Let `csv` read outlines; its limit is that of the process, and other tests rely on it."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def rewritten(text: str, changes: dict[str, list[tuple[str, str]]]) -> str:
    """Return a table whose named columns have some cells changed."""
    rows = csv.reader(io.StringIO(text))
    header = next(rows)
    renamed = {position: dict(changes[name]) for position, name in enumerate(header) if name in changes}
    if not renamed:
        return text
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(
        [renamed[i].get(cell, cell) if i in renamed else cell for i, cell in enumerate(row)] for row in rows
    )
    return out.getvalue()
