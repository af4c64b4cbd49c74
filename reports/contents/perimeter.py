"""The report of a perimeter: what its page says, what is added up from communes apart from what is known by zone."""

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _

from basins.commune_sets import CommuneSet
from basins.perimeters import AnyPerimeter
from explorer import perimeter_queries
from explorer.perimeter_kinds import LIST_SLUG, kind_label, page_url
from explorer.perimeter_queries import PerimeterInside
from explorer.permalinks import stamped
from explorer.presenters.perimeter import legal_form
from reports.contents import perimeter_chapters, perimeter_score
from reports.contents.asked import question_words
from reports.contents.perimeter_summary import perimeter_summary
from reports.contents.provenance import language, provenance
from reports.contents.reading import named_limits, reading_chapter
from reports.document import Chapter, Document
from reports.drawings.pictures import perimeter_locator_picture
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore
from scoring.ranking import Ranking

# Of the page of the method: the grain of the data, and what is missing or old.
LIMITS = 1
Scored = tuple[Ranking, PerimeterScore]


def perimeter_report(
    facts: Facts,
    perimeter: AnyPerimeter,
    base_url: str,
    *,
    scored: Scored | None = None,
    inside: PerimeterInside | None = None,
) -> Document:
    """Return the report of a perimeter or of an own list of communes, in the language of the reader.

    `scored` is the ranking of the activity asked and the score of the perimeter in it, if any; `inside` what lies
    inside, read here unless it is already known. `base_url` is the scheme and host of the addresses that it holds.
    """
    inside = inside or perimeter_queries.inside(facts, perimeter)
    chapters = perimeter_report_chapters(facts, perimeter, inside, scored, base_url)
    return Document(
        name=file_name(perimeter, scored),
        kind="perimeter",
        title=perimeter.name,
        subtitle=subtitle(perimeter),
        language=language(),
        provenance=provenance(
            facts,
            base_url + stamped(permalink(perimeter, scored), facts.edition),
            quoted={slug for chapter in chapters for one in chapter.sheets() for slug in one.table.sources},
            asked=asked(perimeter, scored),
        ),
        summary=perimeter_summary(facts, perimeter, inside, scored),
        chapters=chapters,
        cover_picture=perimeter_locator_picture(facts, inside, perimeter.name),
    )


def perimeter_report_chapters(
    facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside, scored: Scored | None, base_url: str
) -> list[Chapter]:
    """Return the chapters: what composes it, what its communes add up to, what is known by zone, its communes."""
    chapters: Sequence[Chapter | None] = [
        perimeter_chapters.composition(facts, perimeter, inside),
        perimeter_chapters.added_up(facts, perimeter, inside),
        perimeter_score.score_chapter(facts, inside, scored) if scored else None,
        perimeter_chapters.skills(facts, inside),
        perimeter_chapters.land(facts, inside),
        perimeter_chapters.by_zone(facts, inside, "access", _("Accès")),
        perimeter_chapters.living(facts, inside),
        perimeter_chapters.known(facts, inside),
        perimeter_chapters.programmes(facts, inside),
        perimeter_chapters.communes(facts, perimeter, inside),
        reading_chapter([], named_limits(LIMITS, base_url), compares=False),
    ]
    return [one for one in chapters if one]


def subtitle(perimeter: AnyPerimeter) -> str:
    """Return what kind of perimeter it is; its code stands with its name among what was asked."""
    kind = legal_form(perimeter.legal_form) or kind_label(perimeter.kind)
    if isinstance(perimeter, CommuneSet):
        return _("Rapport de périmètre : liste de communes choisie par son lecteur")
    return _("Rapport de périmètre : %(kind)s") % {"kind": kind}


def asked(perimeter: AnyPerimeter, scored: Scored | None) -> list[tuple[str, str]]:
    """Return what was asked: the perimeter, and the activity with the weights if one was."""
    rows = [(kind_label(perimeter.kind), perimeter.name)]
    if isinstance(perimeter, CommuneSet):
        rows += [(_("Codes de l'adresse laissés de côté"), ", ".join(perimeter.missing))] if perimeter.missing else []
    else:
        rows = [
            (
                kind_label(perimeter.kind),
                _("%(name)s (code %(code)s)") % {"name": perimeter.name, "code": perimeter.code},
            )
        ]
    return [*rows, *(question_words(scored[0]) if scored else [])]


def permalink(perimeter: AnyPerimeter, scored: Scored | None) -> str:
    """Return the address of the page that says the same, without the host."""
    page, query = page_url(perimeter), scored[0].question.to_query("activite") if scored else ""
    return f"{page}{'&' if '?' in page else '?'}{query}" if query else page


def file_name(perimeter: AnyPerimeter, scored: Scored | None) -> str:
    """Return the name of the file, without suffix."""
    code = LIST_SLUG if isinstance(perimeter, CommuneSet) else perimeter.code
    activity = scored[0].question.activity if scored else ""
    return slugify(f"perimetre-{code}-{perimeter.name[:60]}-{activity}")
