"""Every activity of a level in every basin: score, rank, advantage; 224,000 rows for the 732 sub-classes."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from explorer.csv_tables import Cell, csv_chunks
from explorer.presenters.table_files import sources_table
from explorer.wording import level_label
from reports.makers import Choices, Field, Made, Maker, Order, Parameters
from scoring import service
from scoring.facts import Facts
from scoring.nomenclature import LEVELS, Node

FRENCH, INTERNATIONAL = "csv", "csv-international"
# How long a step waits for the scores of a level before it tells how far they are.
LOOK_EVERY_S = 0.5
COLUMNS = (
    ("activite", "Code de l'activité dans la nomenclature (NAF rév. 2, ou A17, A38)."),
    ("activite_libelle", "Nom de l'activité."),
    ("bassin", "Code de la zone d'emploi 2020."),
    ("bassin_nom", "Nom de la zone d'emploi."),
    ("score", "Score sur 100 du bassin pour l'activité, sous la pondération par défaut."),
    (
        "rang",
        "Rang du bassin parmi tous les bassins pour cette activité ; des scores égaux partagent le meilleur rang.",
    ),
    ("avantage", "Part (%) des bassins moins bien placés que celui-ci pour cette activité."),
)


def make(order: Order) -> Made:
    """Write an archive: the table, what its columns are, the sources, and where it comes from."""
    level, variant = order.parameters["level"], order.parameters["format"]
    international = variant == INTERNATIONAL
    nodes, scores = scored(order, level)
    name = f"activites-bassins-{level}"
    with zipfile.ZipFile(order.output, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        write_table(archive, f"{name}.csv", [one for one, _told in COLUMNS], rows(order, nodes, scores), international)
        write_table(archive, "colonnes.csv", ["colonne", "contenu"], COLUMNS, international)
        write_table(archive, "provenance.csv", ["nom", "valeur"], provenance(order), international)
        write_table(archive, "sources.csv", *sources_table(order.facts), international)
    return Made(f"{name}{'-international' if international else ''}.zip", "application/zip")


def scored(order: Order, level: str) -> tuple[tuple[Node, ...], service.FloatArray]:
    """Return the activities of a level and their scores (a, n), telling how far they are while they are computed."""
    step, share = _("Étape 1 sur 2 : calcul des scores"), 0.0
    while share < 1:
        order.progress(step, int(100 * share), 100)
        share = service.share_scored(order.facts, level, seconds=LOOK_EVERY_S)
    return service.level_scores(order.facts, level)


def rows(order: Order, nodes: tuple[Node, ...], scores: service.FloatArray) -> Iterator[list[Cell]]:
    """Yield a row per activity and basin, an activity at a time."""
    zones, count = order.facts.zones, len(order.facts.zones)
    for done, (node, line) in enumerate(zip(nodes, scores, strict=True)):
        order.progress(_("Étape 2 sur 2 : écriture du tableau, activité par activité"), done, len(nodes))
        ranks = service.ranks_of(line).tolist()
        for zone, score, rank in zip(zones, line.tolist(), ranks, strict=True):
            yield [node.code, node.label, zone.code, zone.name, score, rank, service.advantage(rank, count)]


def provenance(order: Order) -> list[list[Cell]]:
    """Return what the file must say of itself: edition, day, weights, address, licences."""
    edition = order.facts.edition
    return [
        ["edition", edition.name],
        ["empreinte", edition.content_hash],
        ["fabrique_le", timezone.localdate().isoformat()],
        ["ponderation", "celle proposée par défaut, expliquée à l'adresse methode"],
        ["niveau", order.parameters["level"]],
        ["methode", f"{order.base_url}/methode/"],
        ["licence", "celles des sources citées dans sources.csv ; une base sous ODbL se republie sous ODbL"],
    ]


def write_table(
    archive: zipfile.ZipFile, name: str, columns: Iterable[str], lines: Iterable[Iterable[Cell]], international: bool
) -> None:
    """Write a table in an archive as it comes, without holding it."""
    with member(archive, name) as file:
        for chunk in csv_chunks(list(columns), map(list, lines), international=international):
            file.write(chunk.encode())


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Give a file of an archive to write to, by blocks rather than line by line."""
    with archive.open(name, "w", force_zip64=True) as raw, io.BufferedWriter(raw, 1 << 16) as file:
        yield file


def levels(facts: Facts) -> Choices:
    """Return the levels of the nomenclature, the finest first."""
    return [(one, level_label(one)) for one in LEVELS]


def formats(facts: Facts) -> Choices:
    """Return the variants of the file."""
    return [
        (FRENCH, _("CSV pour un tableur français (point-virgule, virgule décimale)")),
        (INTERNATIONAL, _("CSV, variante internationale (virgule, point décimal)")),
    ]


def told(facts: Facts, parameters: Parameters) -> str:
    """Return what was asked, in words."""
    return _("%(level)s, %(format)s") % {
        "level": level_label(parameters["level"]),
        "format": dict(formats(facts))[parameters["format"]],
    }


MAKER = Maker(
    id="activites-bassins",
    label=lambda: _("Toutes les activités dans tous les bassins"),
    description=lambda: _(
        "Un tableau : une ligne par activité et par bassin, avec le score, le rang et l'avantage du bassin. "
        "Au niveau le plus fin, 732 activités et 306 bassins font 224 000 lignes."
    ),
    fields=(
        Field("level", lambda: _("Niveau des activités"), levels),
        Field("format", lambda: _("Format"), formats),
    ),
    told=told,
    make=make,
)
