"""Producers' files brought into a folder: where each comes from, and whether it is still the one that came."""

import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

from sources.fetching import Arrived, FetchError, discard_part, fetch_file, part_of
from sources.recognition import PAGE, LayoutError, kind_of
from sources.registry import Dataset
from sources.services import file_checksum
from sources.unpacking import unpack_member

LEDGER = "fetch.json"


@dataclass(frozen=True)
class Address:
    """Where a producer publishes the file of a data set, in the layout that is read."""

    address: str
    vintage: str
    extension: str
    member: str = ""
    sha256: str = ""


@cache
def addresses() -> dict[str, Address]:
    """Return the addresses known, by data set."""
    with Path(__file__).with_name("addresses.toml").open("rb") as handle:
        return {slug: Address(**facts) for slug, facts in tomllib.load(handle).items()}


def ledger(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what is known of the files brought into a folder, by file name; raises `FetchError` when unreadable."""
    path = folder / LEDGER
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise FetchError(f"{path} est illisible ({error}). Supprimez-le : les fichiers seront repris.") from error


def changed_since_brought(path: Path) -> bool:
    """Tell whether a file that was brought here is no longer the one that came."""
    entry = ledger(path.parent).get(path.name)
    return entry is not None and entry["sha256"] != file_checksum(path)


def file_name(dataset: Dataset, where: Address) -> str:
    """Return the name under which `ingest` finds the file of a data set."""
    return f"{dataset.slug}_{where.vintage}.{where.extension}"


def bring(
    dataset: Dataset, where: Address, folder: Path, *, force: bool = False, wait: Callable[[float], None] = sleep
) -> str:
    """Bring the file of a data set into a folder; return what was done, in words. Raises `FetchError`.

    A file already there and unchanged is left alone unless `force`; one that changed since it was brought is never
    overwritten without it.
    """
    target = folder / file_name(dataset, where)
    if target.exists() and not force:
        if target.name not in ledger(folder):
            raise FetchError(f"{target.name} est déjà là sans avoir été téléchargé : --force pour le remplacer.")
        if changed_since_brought(target):
            raise FetchError(f"{target.name} a changé depuis son téléchargement : --force pour le reprendre.")
        return f"{target.name} : déjà là"
    folder.mkdir(parents=True, exist_ok=True)
    arrived = fetch_file(where.address, target, wait=wait)
    checksum = _settle(target, where)
    _note(folder, target, arrived, checksum)
    return f"{target.name} : {target.stat().st_size} octets, sha256 {checksum[:12]}"


def _settle(target: Path, where: Address) -> str:
    """Check what came, give it its name, and return its checksum."""
    part = part_of(target)
    try:
        _check(part, where)
        ready = part
        if where.member:
            ready = target.with_name(f"{target.name}.unpacked")
            unpack_member(part, where.member, ready)
        checksum = file_checksum(ready)
        os.replace(ready, target)
    finally:
        discard_part(target)
    return checksum


def _check(part: Path, where: Address) -> None:
    try:
        kind = kind_of(part)
    except LayoutError as error:
        raise FetchError(f"{where.address} : le fichier reçu est vide.") from error
    if kind == PAGE:
        raise FetchError(
            f"{where.address} : une page web est venue à la place du fichier. Voyez la page du producteur."
        )
    if where.sha256 and file_checksum(part) != where.sha256:
        raise FetchError(
            f"{where.address} : l'empreinte du fichier reçu n'est pas celle attendue. Il n'est pas gardé."
        )


def _note(folder: Path, target: Path, arrived: Arrived, checksum: str) -> None:
    """Record a file in the ledger of its folder, in one move."""
    entries = ledger(folder)
    entries[target.name] = {
        "address": arrived.address,
        "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": target.stat().st_size,
        "sha256": checksum,
        "etag": arrived.etag,
        "last_modified": arrived.last_modified,
    }
    draft = folder / f"{LEDGER}.part"
    draft.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(draft, folder / LEDGER)
