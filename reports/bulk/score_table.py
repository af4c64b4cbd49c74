"""Every activity of a level in every basin: score, rank and its interval, advantage.

224,000 rows for the 732 sub-classes.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from explorer.column_meanings import meaning
from explorer.csv_tables import Cell
from explorer.presenters.table_files import sources_table
from explorer.tables import Column, Table
from explorer.wording import level_label
from explorer.workbooks import WORKBOOK_TYPE, Book, dictionary_rows, write_dictionary
from reports.bulk.archives import write_table
from reports.contents.drawn_ranks import interval_columns
from reports.makers import Choices, Field, Made, Maker, Order, Parameters
from reports.provenance_words import labels
from scoring import service
from scoring.facts import Facts
from scoring.nomenclature import LEVELS, Node
from scoring.reverse import drawn_ranks

FRENCH, INTERNATIONAL, WORKBOOK = "csv", "csv-international", "xlsx"
# How long a step waits for the scores of a level before it tells how far they are.
LOOK_EVERY_S = 0.5


def make(order: Order) -> Made:
    """Write an archive or a workbook: the table, what its columns are, the sources, and where it comes from."""
    level, variant = order.parameters["level"], order.parameters["format"]
    nodes, scores = scored(order, level)
    name = f"activites-bassins-{level}"
    if variant == WORKBOOK:
        write_workbook(order, rows(order, nodes, scores))
        return Made(f"{name}.xlsx", WORKBOOK_TYPE)
    write_archive(order, name, rows(order, nodes, scores), international=variant == INTERNATIONAL)
    return Made(f"{name}{'-international' if variant == INTERNATIONAL else ''}.zip", "application/zip")


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
    step = _("Étape 2 sur 2 : écriture du tableau, activité par activité")
    for done, (node, line) in enumerate(zip(nodes, scores, strict=True)):
        order.progress(step, done, len(nodes))
        ranks, drawn = service.ranks_of(line).tolist(), drawn_ranks(order.facts, node).T.tolist()
        for zone, score, rank, interval in zip(zones, line.tolist(), ranks, drawn, strict=True):
            known = [node.code, node.label, zone.code, zone.name, score, rank, service.advantage(rank, count)]
            yield [*known, *interval]


def columns() -> list[Column]:
    """Return the columns of the table; `key` names them in a CSV file, in every language."""
    return [
        Column(_("Code de l'activité"), key="activite", meaning=_("Code NAF rév. 2, ou code A17 ou A38.")),
        Column(_("Activité"), is_french=True, key="activite_libelle"),
        Column(_("Code du bassin"), key="bassin", meaning=_("Code de la zone d'emploi 2020 de l'Insee.")),
        Column(_("Bassin"), is_french=True, key="bassin_nom"),
        Column(
            _("Score"),
            _("sur 100"),
            2,
            key="score",
            meaning=_("Score du bassin pour l'activité, sous la pondération proposée par défaut."),
        ),
        Column(
            _("Rang"),
            decimals=0,
            key="rang",
            meaning=_("Rang parmi tous les bassins ; des scores égaux partagent le meilleur rang."),
        ),
        Column(
            _("Avantage"),
            "%",
            1,
            key="avantage",
            meaning=_("Part des bassins moins bien placés que celui-ci pour cette activité."),
        ),
        Column(_("Rang médian"), decimals=0, key="rang_median"),
        *(replace(one, key=key) for one, key in zip(interval_columns(), ("rang_p5", "rang_p95"), strict=True)),
    ]


def provenance(order: Order) -> list[tuple[str, str, str]]:
    """Return what the file must say of itself (key, label, text): edition, day, weights, address, licences."""
    edition, known = order.facts.edition, labels()
    licence = _("Celles des sources citées ; une base dérivée d'une source sous ODbL se republie sous ODbL.")
    return [
        ("edition", known["edition"], edition.name),
        ("empreinte", _("Empreinte"), edition.content_hash),
        ("fait_le", known["made_on"], timezone.localdate().isoformat()),
        ("niveau", _("Niveau des activités"), level_label(order.parameters["level"])),
        ("ponderation", _("Pondération"), _("celle proposée par défaut")),
        ("methode", _("Méthode"), f"{order.base_url}/methode/"),
        ("licence", known["licence"], licence),
    ]


def write_archive(order: Order, name: str, lines: Iterator[list[Cell]], *, international: bool) -> None:
    """Write the tables as CSV files of an archive."""
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]] = {
        f"{name}.csv": ([one.key for one in columns()], lines),
        "colonnes.csv": (
            ["colonne", "contenu"],
            [[one.key, meaning(MAKER.id, one) or one.label] for one in columns()],
        ),
        "provenance.csv": (["nom", "valeur"], [[key, text] for key, _label, text in provenance(order)]),
        "sources.csv": sources_table(order.facts),
    }
    with zipfile.ZipFile(order.output, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file, (head, body) in tables.items():
            write_table(archive, file, head, body, international=international)


def write_workbook(order: Order, lines: Iterator[list[Cell]]) -> None:
    """Write the tables as sheets of a workbook, a row at a time in memory."""
    name = _("Activités et bassins")
    book = Book(order.output, title=MAKER.label(), subject=told(order.facts, order.parameters), is_long=True)
    book.table(name, columns(), lines)
    described = Table(MAKER.id, name, columns(), ())
    write_dictionary(book, dictionary_rows(name, described, _("Calcul de ce site")))
    origin = [[label, text] for _key, label, text in provenance(order)]
    book.table(_("Provenance"), [Column(_("Quoi")), Column(_("Valeur"))], origin)
    head, sources = sources_table(order.facts)
    book.table(_("Sources"), [Column(one) for one in head], [[told_as(cell) for cell in row] for row in sources])
    book.close()


def told_as(cell: Cell) -> str:
    """Return a cell of the list of sources as a text."""
    return "" if cell is None else str(cell)


def levels(facts: Facts) -> Choices:
    """Return the levels of the nomenclature, the finest first."""
    return [(one, level_label(one)) for one in LEVELS]


def formats(facts: Facts) -> Choices:
    """Return the variants of the file."""
    return [
        (FRENCH, _("CSV pour un tableur français (point-virgule, virgule décimale)")),
        (INTERNATIONAL, _("CSV, variante internationale (virgule, point décimal)")),
        (WORKBOOK, _("Classeur (XLSX)")),
    ]


def told(facts: Facts, parameters: Parameters) -> str:
    """Return what was asked, in words."""
    level, variant = parameters["level"], parameters["format"]
    return _("Niveau : %(level)s ; format : %(format)s") % {
        "level": level_label(level),
        "format": dict(formats(facts))[variant],
    }


MAKER = Maker(
    id="activites-bassins",
    label=lambda: _("Toutes les activités dans tous les bassins"),
    description=lambda: _(
        "Un tableau : une ligne par activité et par bassin, avec le score du bassin, son rang et l'intervalle de ce "
        "rang, son avantage. Au niveau le plus fin, 732 activités et 306 bassins font 224 000 lignes."
    ),
    fields=(
        Field("level", lambda: _("Niveau des activités"), levels),
        Field("format", lambda: _("Format"), formats),
    ),
    told=told,
    make=make,
)
