"""The communes of a perimeter, each with its figures: the file to take away, the last chapter of a report."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from basins.models import Commune, CommuneCounts
from basins.perimeters import AnyPerimeter
from basins.queries import count_names
from economy.commune_jobs import commune_series
from explorer.presenters.perimeter_counts import SOURCES as COUNT_SOURCES
from explorer.presenters.perimeter_jobs import SOURCE as JOB_SOURCE
from explorer.tables import Cell, Column, Table
from explorer.wording import capitalised
from infrastructure.models import CommuneBrownfields
from scoring.facts import Facts

PLACE = ("insee_code", "name", "zone__code", "zone__name", "department", "epci_siren", "population")
SOURCES = ("commune-zones", JOB_SOURCE, *COUNT_SOURCES)


def communes_table(facts: Facts, perimeter: AnyPerimeter) -> Table:
    """Return a row per commune in code order: where it is, its people, private jobs, counts; empty is not known."""
    communes = Commune.objects.in_perimeter(perimeter).order_by()
    counts = count_names()
    jobs, year = last_jobs_by_commune(perimeter)
    counted = {row[0]: row[1:] for row in held(CommuneCounts, perimeter, counts)}
    listed = {row[0]: row[1] for row in held(CommuneBrownfields, perimeter, ["site_count"])}
    nothing = (None,) * len(counts)
    rows: list[list[Cell]] = [
        [*row[1:], jobs.get(row[0]), *counted.get(row[0], nothing), listed.get(row[0], 0)]
        for row in communes.order_by("insee_code").values_list("pk", *PLACE)
    ]
    return Table(
        "communes",
        _("%(name)s : ses communes") % {"name": perimeter.name},
        columns(counts, year),
        rows,
        SOURCES,
        "observed",
    )


def columns(counts: list[str], year: int) -> list[Column]:
    """Return the headings of the table of communes; `year` is that of the jobs, 0 where none is held."""
    label = _("Emplois privés en %(year)s") % {"year": year} if year else _("Emplois privés")
    return [
        Column(_("Code Insee")),
        Column(_("Commune"), is_french=True),
        Column(_("Code du bassin")),
        Column(_("Bassin"), is_french=True),
        Column(_("Département")),
        Column(_("SIREN de l'intercommunalité")),
        Column(_("Habitants"), decimals=0),
        Column(label, decimals=0),
        *(Column(capitalised(str(CommuneCounts._meta.get_field(name).verbose_name)), decimals=0) for name in counts),
        Column(_("Friches recensées, vérifiées ou non"), decimals=0),
    ]


def held(model: type[CommuneCounts | CommuneBrownfields], perimeter: AnyPerimeter, names: list[str]) -> list[tuple]:
    """Return rows of a table of communes inside a perimeter: the key of the commune, then the columns named."""
    inside = Commune.objects.in_perimeter(perimeter).values("pk")
    return list(model.objects.filter(commune__in=inside).values_list("commune", *names))


def last_jobs_by_commune(perimeter: AnyPerimeter) -> tuple[Mapping[int, int], int]:
    """Return the private jobs of the last year by key of commune, those known, and that year, 0 where none is."""
    years, communes = commune_series(perimeter)
    return {one.commune: one.jobs[-1] for one in communes if one.jobs}, years[-1] if years else 0
