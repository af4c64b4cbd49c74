"""The report of a basin for an activity: its rank and why, what the activity requires, what would have to change."""

from django.utils.translation import gettext as _

from explorer.permalinks import stamped
from explorer.presenters.ranking import why_url
from explorer.wording import level_label
from reports.contents import why_change, why_place, why_project, why_score, why_sureness
from reports.contents.asked import question_words
from reports.contents.provenance import file_name, language, provenance, quoted_by
from reports.contents.reading import reading_chapter, whole_limits
from reports.contents.why_change import nearest_gap
from reports.contents.why_summary import why_summary
from reports.document import Chapter, Document
from reports.drawings.pictures import locator_picture
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sheet import basin_sheet

# Of the page of the method: the grain of the data, and what the score does not try to tell.
LIMITS = (0, 2)
# Quoted by every sentence on a project or a place, and by no table of their own.
ALWAYS = ("hires-naf-rome", "dares-fap-rome", "commune-zones")


def why_report(ranking: Ranking, basin: RankedBasin, base_url: str) -> Document:
    """Return the report of a basin in a ranking, the question kept, in the language of the reader.

    `base_url` is the scheme and host of the addresses that it holds.
    """
    zone, sector = basin.zone, ranking.sector
    chapters = why_chapters(ranking, basin)
    criteria = {slug for one in ranking.used for slug in one.sources}
    return Document(
        name=file_name(zone, sector.code),
        kind="why",
        title=_("%(name)s : %(label)s") % {"name": zone.name, "label": sector.label},
        subtitle=_("Rapport d'un bassin pour une activité : %(code)s (%(level)s), zone d'emploi %(zone)s")
        % {"code": sector.code, "level": level_label(sector.level), "zone": zone.code},
        language=language(),
        provenance=provenance(
            ranking.facts,
            base_url + stamped(why_url(zone.code, ranking.question), ranking.edition),
            quoted=quoted_by(chapters) | criteria | set(ALWAYS),
            asked=[(_("Bassin"), f"{zone.name} ({zone.code})"), *question_words(ranking)],
        ),
        summary=why_summary(ranking, basin, nearest_gap(ranking, basin)),
        chapters=chapters,
        cover_picture=locator_picture(ranking.facts, zone.code),
    )


def why_chapters(ranking: Ranking, basin: RankedBasin) -> list[Chapter]:
    """Return the chapters: points, requirements, how sure, the project, what to change, peers, the basin, weights."""
    facts, zone = ranking.facts, basin.zone
    sheet = basin_sheet(facts, zone.code)
    return [
        why_score.score(ranking, basin),
        why_project.requirements(ranking, basin),
        why_sureness.sureness_chapter(ranking, basin),
        why_project.project(ranking, sheet),
        why_change.change(ranking, basin, nearest_gap(ranking, basin)),
        why_place.peers(ranking, basin),
        why_place.place(ranking, sheet),
        why_score.weights(ranking),
        reading_chapter(
            [_("Note : de 0 à 1, la place de la valeur entre ses bornes ; points : le poids multiplié par la note.")],
            whole_limits(*LIMITS),
        ),
    ]
