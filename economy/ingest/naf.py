"""NAF rev. 2 as INSEE publishes it: one spreadsheet of labels a level, one of the codes above each sub-class."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from economy.models import RawNafChain, RawNafLabel
from sources.readers import sheet_rows
from sources.registry import Rejected, ingestor

PAGE = "https://www.insee.fr/fr/information/2120875"
LICENCE = "Licence Ouverte 2.0"

# Level, slug ending, title, file number, how its codes are written.
LEVELS = (
    ("section", "sections", "sections", 1, re.compile(r"[A-U]")),
    ("division", "divisions", "divisions", 2, re.compile(r"[0-9]{2}")),
    ("group", "groups", "groupes", 3, re.compile(r"[0-9]{2}\.[0-9]")),
    ("class", "classes", "classes", 4, re.compile(r"[0-9]{2}\.[0-9]{2}")),
    ("subclass", "subclasses", "sous-classes", 5, re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]")),
)
WRITING = {level: pattern for level, _ending, _title, _number, pattern in LEVELS}


class NafLabel(NamedTuple):
    level: str
    code: str
    label: str


class NafChain(NamedTuple):
    subclass_code: str
    class_code: str
    group_code: str
    division_code: str
    section_code: str


def code_text(cell: Any) -> str:
    """Return a code cell as text: spreadsheets hold divisions from 10 up as numbers."""
    return str(int(cell)) if isinstance(cell, float) else str(cell).strip()


def label_parser(level: str) -> Callable[[Path], Iterator[NafLabel | Rejected]]:
    """Return the parser of the label list of one level (header on the third line)."""

    def parse(path: Path) -> Iterator[NafLabel | Rejected]:
        for line, row in sheet_rows(path, ("Code", "Libellé"), header_line=3):
            code, label = code_text(row["Code"]), str(row["Libellé"]).strip()
            if WRITING[level].fullmatch(code) is None:
                yield Rejected(line, "Code", code, "ce n'est pas un code de ce niveau de la NAF rév. 2")
            elif not label:
                yield Rejected(line, "Libellé", "", "libellé vide")
            else:
                yield NafLabel(level, code, label)

    return parse


for _level, _ending, _title, _number, _pattern in LEVELS:
    ingestor(
        slug=f"insee-naf-{_ending}",
        title=f"Nomenclature d'activités française, NAF rév. 2 : {_title}",
        producer="Insee",
        vintage="2008",
        licence=LICENCE,
        page=PAGE,
        patterns=(f"naf2008_liste_n{_number}*.xls",),
        record=NafLabel,
        model=RawNafLabel,
    )(label_parser(_level))


@ingestor(
    slug="insee-naf-hierarchy",
    title="Nomenclature d'activités française, NAF rév. 2 : les cinq niveaux emboîtés",
    producer="Insee",
    vintage="2008",
    licence=LICENCE,
    page=PAGE,
    patterns=("naf2008_5_niveaux*.xls",),
    record=NafChain,
    model=RawNafChain,
)
def parse_hierarchy(path: Path) -> Iterator[NafChain | Rejected]:
    columns = ("NIV5", "NIV4", "NIV3", "NIV2", "NIV1")
    levels = ("subclass", "class", "group", "division", "section")
    for line, row in sheet_rows(path, columns):
        codes = [code_text(row[column]) for column in columns]
        wrong = [i for i, level in enumerate(levels) if WRITING[level].fullmatch(codes[i]) is None]
        if wrong:
            column = wrong[0]
            yield Rejected(line, columns[column], codes[column], "ce n'est pas un code de ce niveau de la NAF rév. 2")
        else:
            yield NafChain(*codes)
