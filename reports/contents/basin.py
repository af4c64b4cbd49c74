"""The report of a basin: what its page says, in chapters, one page of answers first."""

from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import indicators
from explorer.permalinks import stamped
from explorer.presenters.basin import regions
from explorer.presenters.basin_comparison import rank_note
from reports.contents import basin_chapters, basin_growth
from reports.contents.basin_summary import basin_summary
from reports.contents.provenance import file_name, language, provenance, quoted_by
from reports.contents.reading import named_limits, reading_chapter
from reports.document import Chapter, Document
from reports.drawings.pictures import locator_picture
from scoring import service
from scoring.facts import Facts
from scoring.sheet import BasinSheet, basin_sheet

LEVEL, READ = "group", 300
# Of the page of the method: what is missing or old.
LIMITS = 1


def basin_report(facts: Facts, zone_code: str, base_url: str) -> Document:
    """Return the report of a basin in the language of the reader; raises `NotFound`.

    `base_url` is the scheme and host of the addresses that it holds.
    """
    sheet = basin_sheet(facts, zone_code)
    best = service.best_activities(facts, zone_code, LEVEL, limit=READ)
    zone = sheet.zone
    chapters = basin_report_chapters(facts, sheet, best, base_url)
    permalink = base_url + stamped(reverse("explorer:basin", args=(zone.code,)), facts.edition)
    return Document(
        name=file_name(zone),
        kind="basin",
        title=zone.name,
        subtitle=_("Rapport de bassin : zone d'emploi %(code)s (INSEE 2020), %(regions)s")
        % {"code": zone.code, "regions": regions(sheet)},
        language=language(),
        provenance=provenance(
            facts,
            permalink,
            quoted=quoted(chapters),
            asked=[(_("Bassin"), f"{zone.name} ({zone.code})"), (_("Poids des activités"), _("ceux par défaut"))],
        ),
        summary=basin_summary(facts, sheet, best),
        chapters=chapters,
        cover_picture=locator_picture(facts, zone.code),
    )


def basin_report_chapters(
    facts: Facts, sheet: BasinSheet, best: list[service.FittingActivity], base_url: str
) -> list[Chapter]:
    """Return the chapters of a basin: the five questions, then resources, places, programmes, every indicator."""
    return [
        basin_chapters.made(facts, sheet),
        basin_chapters.compared(facts, sheet),
        basin_growth.peers_chapter(facts, sheet),
        basin_chapters.skills(facts, sheet),
        basin_growth.growth(facts, sheet, best),
        basin_chapters.known(facts, sheet),
        basin_chapters.land(facts, sheet),
        basin_chapters.access(facts, sheet),
        basin_chapters.living(facts, sheet),
        basin_chapters.programmes(facts, sheet),
        basin_chapters.every_indicator(facts, sheet),
        reading_chapter([rank_note()], named_limits(LIMITS, base_url)),
    ]


def quoted(chapters: list[Chapter]) -> set[str]:
    """Return the data sets that a report quotes: those of its tables, and of every indicator, which it all holds."""
    return quoted_by(chapters) | {slug for one in indicators().values() for slug in one.sources} | {"commune-zones"}
