"""Judge the score on entries by sub-class, from an Urssaf export commune x APE: `make validate ENTRIES=file`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()

from basins.models import Commune
from economy.ingest.commune_sectors import CommuneSector, parse_commune_sectors
from scoring.facts import Facts
from scoring.robustness import edition_seed
from scoring.service import current_edition, current_facts
from scoring.validation.dated import read_past
from scoring.validation.fine import SPAN, WINDOWS, FineTable, WindowResults, fine_table, judge_window
from scoring.validation.table import fine_lines
from sources.models import Edition
from sources.readers import LayoutError


def main(arguments: list[str]) -> int:
    """Print the figures of a file; return 1, saying why, when they cannot be made."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("Indiquez l'export Urssaf commune x APE : python -m bench.entries fichier.csv", file=sys.stderr)
        return 1
    try:
        found = run_fine(current_facts(), current_edition(), Path(arguments[0]), print)
    except (ValueError, LayoutError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in fine_lines(found):
        print(line)
    return 0


def run_fine(facts: Facts, edition: Edition, path: Path, say: Callable[[str], None]) -> list[WindowResults]:
    """Return the figures of every window that the file holds; raises ValueError when it holds none."""
    say(f"Lecture de {path.name}")
    table = read_table(facts, edition, path)
    say(f"{len(table.years)} années lues, {table.unplaced} lignes sans bassin ni activité connus, laissées")
    past = read_past(facts, edition)
    found = []
    for start in WINDOWS:
        if {start - 1, start, start + SPAN - 1, start + SPAN} <= set(table.years):
            say(f"Fenêtre {start}-{start + SPAN}")
            found.append(judge_window(past, table, start, seed=edition_seed(facts.edition.content_hash)))
    if not found:
        raise ValueError(f"{path.name} ne contient aucune fenêtre entière (départs : {', '.join(map(str, WINDOWS))}).")
    return found


def read_table(facts: Facts, edition: Edition, path: Path) -> FineTable:
    """Return the jobs of a file by zone, for the sub-classes of the nomenclature; rejected rows are left out.

    Codes of communes are those of the edition: a commune merged since stands among the rows left out.
    """
    placed = Commune.objects.filter(edition=edition, zone__isnull=False).values_list("insee_code", "zone__code")
    zone_of = {commune: facts.zone_index[zone] for commune, zone in placed}
    rows = (one for one in parse_commune_sectors(path) if isinstance(one, CommuneSector))
    codes = [node.code for node in facts.nomenclature.nodes.values() if node.level == "subclass"]
    return fine_table(rows, zone_of, codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
