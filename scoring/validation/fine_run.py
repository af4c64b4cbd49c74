"""The finer bench on a file of the Urssaf export, window by window."""

from collections.abc import Callable
from pathlib import Path

from basins.models import Commune
from economy.ingest.commune_sectors import CommuneSector, parse_commune_sectors
from scoring.facts import Facts
from scoring.robustness import edition_seed
from scoring.validation.dated import read_past
from scoring.validation.fine import SPAN, WINDOWS, FineTable, WindowResults, fine_table, judge_window
from sources.models import Edition


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
