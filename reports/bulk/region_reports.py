"""The reports of every basin of a region, one file each, with a list of them."""

import zipfile

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from explorer.csv_tables import Cell
from explorer.presenters.zone_files import ZONE_COLUMNS, zone_cells
from reports.bulk.archives import write_table
from reports.contents.basin import basin_report
from reports.formats import FORMATS
from reports.makers import Choices, Field, Made, Maker, Order, Parameters
from scoring.facts import Facts, ZoneCard
from scoring.numbers import counted

INDEX = "liste-des-bassins.csv"
# A format that is an archive already gains nothing from being pressed again.
PRESSED = frozenset({"html"})


def make(order: Order) -> Made:
    """Write an archive: a report per basin of the region, any part of the basin, and the list of the files."""
    region, suffix = order.parameters["region"], order.parameters["format"]
    zones = zones_of(order.facts, region)
    rows: list[list[Cell]] = []
    with zipfile.ZipFile(order.output, "w") as archive:
        for done, zone in enumerate(zones):
            order.progress(_("Rapport du bassin de %(name)s") % {"name": zone.name}, done, len(zones))
            document = basin_report(order.facts, zone.code, order.base_url)
            name = f"{document.name}.{suffix}"
            pressed = zipfile.ZIP_DEFLATED if suffix in PRESSED else zipfile.ZIP_STORED
            archive.writestr(name, FORMATS[suffix].write(document), compress_type=pressed)
            page = f"{order.base_url}{reverse('explorer:basin', args=(zone.code,))}"
            rows.append([*zone_cells(zone), name, page, order.facts.edition.name, order.facts.edition.content_hash])
        order.progress(_("Liste des fichiers"), len(zones), len(zones))
        write_table(archive, INDEX, [*ZONE_COLUMNS, "fichier", "page", "edition", "empreinte"], rows)
    return Made(f"rapports-bassins-region-{region}-{suffix}.zip", "application/zip")


def zones_of(facts: Facts, region: str) -> list[ZoneCard]:
    """Return the basins of which any part is in a region."""
    return [zone for zone in facts.zones if region in zone.region_codes]


def regions(facts: Facts) -> Choices:
    """Return the regions that hold a basin, by name, with how many reports each makes."""
    held = [(code, name, len(zones_of(facts, code))) for code, name in facts.regions.items()]
    # A slug puts Île-de-France among the i.
    by_name = sorted(held, key=lambda one: slugify(one[1]))
    return [(code, f"{name} ({counted(count, 'bassin', 'bassins')})") for code, name, count in by_name if count]


def formats(facts: Facts) -> Choices:
    """Return the forms of a report."""
    labels = {
        "pdf": _("PDF, à imprimer ou à envoyer"),
        "docx": _("Word (DOCX), à modifier"),
        "xlsx": _("Classeur (XLSX), les tableaux"),
        "html": _("HTML, un fichier par bassin qui s'ouvre sans réseau"),
    }
    return [(suffix, labels[suffix]) for suffix in FORMATS]


def told(facts: Facts, parameters: Parameters) -> str:
    """Return what was asked, in words."""
    region = dict(regions(facts)).get(parameters["region"], parameters["region"])
    return _("Région %(region)s, %(format)s") % {"region": region, "format": parameters["format"].upper()}


MAKER = Maker(
    id="rapports-region",
    label=lambda: _("Les rapports des bassins d'une région"),
    description=lambda: _(
        "Une archive : le rapport de chaque bassin de la région, et la liste des fichiers. Un bassin à cheval sur "
        "deux régions est dans les deux archives. Comptez quelques secondes par bassin."
    ),
    fields=(Field("region", lambda: _("Région"), regions), Field("format", lambda: _("Format"), formats)),
    told=told,
    make=make,
)
