"""The long tables of the edition as workbooks: half a minute of writing, which no reader of a page should pay."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.csv_tables import Cell
from explorer.file_provenance import provenance_cells
from explorer.long_workbook import write_workbook
from explorer.permalinks import stamped
from explorer.presenters.table_files import LONG_TABLES, TABLES, table_sources
from explorer.workbooks import WORKBOOK_TYPE
from reports.makers import Choices, Field, Made, Maker, Order, Parameters
from scoring.facts import Facts
from sources.models import Edition

# Rows between two words on how far it is.
TOLD_EVERY = 500


def make(order: Order) -> Made:
    """Write the workbook of a table."""
    name = order.parameters["table"]
    columns, rows = TABLES[name](order.facts)
    edition = Edition.objects.get(content_hash=order.facts.edition.content_hash)
    told = told_rows(order, rows, LONG_TABLES[name](edition))
    link = order.base_url + stamped(reverse("explorer:data"), order.facts.edition)
    cells = provenance_cells(order.facts, table_sources(order.facts, name), link)
    write_workbook(order.output, order.facts, name, (columns, told), cells)
    return Made(f"{name}.xlsx", WORKBOOK_TYPE)


def told_rows(order: Order, rows: Iterator[list[Cell]], count: int) -> Iterator[list[Cell]]:
    """Yield rows, telling now and then how many are written."""
    step = _("Écriture du classeur, ligne par ligne")
    for done, row in enumerate(rows):
        if done % TOLD_EVERY == 0:
            order.progress(step, min(done, count), count)
        yield row


def tables(facts: Facts) -> Choices:
    """Return the tables, by the names that their CSV files have."""
    labels = {
        "communes": _("les communes : bassin, intercommunalité, emplois, logements, services, friches"),
        "emplois-a38": _("emplois par bassin, branche A38, année et champ, avec leurs statuts"),
    }
    return [(name, labels[name]) for name in LONG_TABLES]


def told(facts: Facts, parameters: Parameters) -> str:
    """Return what was asked, in words."""
    return dict(tables(facts))[parameters["table"]]


MAKER = Maker(
    id="tableaux",
    label=lambda: _("Un long tableau de l'édition, en classeur"),
    description=lambda: _(
        "Toutes les lignes d'un tableau de la page des données, en XLSX : nombres typés, filtres, en-tête figé. "
        "Le CSV des mêmes lignes se télécharge aussitôt."
    ),
    fields=(Field("table", lambda: _("Tableau"), tables),),
    told=told,
    make=make,
)
