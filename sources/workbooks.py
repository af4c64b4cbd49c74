"""What a workbook holds that its reader does not tell: its unpacked size, the cells in error."""

import re
import zipfile
import zlib
from pathlib import Path
from string import ascii_uppercase
from xml.etree import ElementTree

from sources.recognition import UNPACKED_BYTES, LayoutError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+[0-9]+)"')


def refuse_broken_workbook(path: Path, sheet: str | int, *, first_line: int) -> None:
    """Raise `LayoutError` for a workbook that is truncated, unpacks beyond reason, or has formulas in error.

    The reader would give a cell in error as an empty one; above `first_line` stand titles that nobody reads. Workbooks
    other than .xlsx are only weighed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > UNPACKED_BYTES:
                raise LayoutError(
                    f"{path.name} : le classeur se déplie en {size >> 20} Mo, plus que ce qui est admis."
                )
            part = _part_of(archive, sheet)
            wrong = _first_error(archive.read(part), first_line) if part else ""
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        ElementTree.ParseError,
        OSError,
        ValueError,
        EOFError,
        zlib.error,
        RuntimeError,
    ) as error:
        raise LayoutError(f"{path.name} : classeur tronqué ou abîmé ({error}). Téléchargez-le de nouveau.") from error
    if wrong:
        raise LayoutError(
            f"{path.name}, cellule {wrong} : formule en erreur (#N/A, #REF!…). Reprenez le classeur du "
            "producteur, ou corrigez cette cellule."
        )


def _first_error(sheet: bytes, first_line: int) -> str:
    """Return the place of the first cell in error from a line on, "" when there is none."""
    places = (found[1].decode() for found in ERROR_CELL.finditer(sheet))
    return next((place for place in places if int(place.lstrip(ascii_uppercase)) >= first_line), "")


def _part_of(archive: zipfile.ZipFile, sheet: str | int) -> str | None:
    """Return the archive member that holds a sheet, or None where the workbook has another layout or no such sheet."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    sheets = list(ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = [one for rank, one in enumerate(sheets) if sheet in (rank, one.get("name"))]
    if not found:
        return None
    target = targets.get(found[0].get(RELATION), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None
