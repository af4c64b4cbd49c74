"""The first page of the report of a perimeter: over which zones, key figures, what is sure and what is not."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.commune_sets import CommuneSet
from basins.perimeters import AnyPerimeter
from explorer.citations import cited
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter import headline, key_figures, sites
from explorer.presenters.perimeter_counts import brownfield_rows, counts_figure
from explorer.presenters.perimeter_jobs import is_partial, jobs_figure, uncovered_sentence
from explorer.presenters.perimeter_map import percent
from explorer.presenters.perimeter_score import sentence
from explorer.tables import Signed
from explorer.wording import number, titled
from reports.contents.blocks import key_figure, points, said
from reports.document import Block, KeyFigures, Paragraph
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore
from scoring.ranking import Ranking


def perimeter_summary(
    facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside, scored: tuple[Ranking, PerimeterScore] | None
) -> list[Block]:
    """Return the blocks of the first page."""
    figures = [
        key_figure(one["label"], one["value"], one["note"], one["source"])
        for one in key_figures(facts, perimeter, inside)
    ]
    return [
        said(headline(inside.zones), cited(facts, "commune-zones")),
        KeyFigures(figures),
        *points(findings(facts, perimeter, inside, scored), _("En bref")),
        *points(sureness(perimeter, inside), _("Ce que l'on sait, et ce que l'on ne sait pas")),
    ]


def findings(
    facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside, scored: tuple[Ranking, PerimeterScore] | None
) -> list[Paragraph]:
    """Return what comes out: the course of jobs, sites, establishments, the score asked."""
    jobs = jobs_figure(perimeter, inside.jobs, inside.national_jobs)
    found = []
    if scored:
        ranking, score = scored
        found.append(said(titled(ranking.sector.label, sentence(score))))
    if jobs:
        found.append(said(f"{jobs.table.title}.", cited(facts, *jobs.table.sources)))
    found.append(said(str(sites(inside)["sentence"]), cited(facts, "cerema-cartofriches")))
    return found


def sureness(perimeter: AnyPerimeter, inside: PerimeterInside) -> list[str]:
    """Return what is added up from communes, how much of it is known, and what is known only by zone."""
    told = [
        added_sentence(inside),
        counts_sentence(perimeter, inside),
        ngettext(
            "Compétences, accès et conditions de vie ne sont connus que pour son bassin entier : la part du périmètre "
            "est donnée à côté, rien n'est additionné.",
            "Compétences, accès et conditions de vie ne sont connus que pour ses %(count)s bassins entiers : la part "
            "du périmètre est donnée à côté, rien n'est additionné.",
            len(inside.zones),
        )
        % {"count": number(len(inside.zones), 0)},
    ]
    if isinstance(perimeter, CommuneSet) and perimeter.missing:
        told.append(
            _("Codes de la liste qui ne sont ceux d'aucune commune, laissés de côté : %(codes)s.")
            % {"codes": ", ".join(perimeter.missing)}
        )
    return told


def added_sentence(inside: PerimeterInside) -> str:
    """Return what is counted in its communes, jobs apart where they are not known in all."""
    if not is_partial(inside.jobs.share):
        return _(
            "Emplois privés, habitants, logements, services, friches et établissements sont comptés dans ses communes."
        )
    others = _("Habitants, logements, services, friches et établissements sont comptés dans ses communes.")
    if inside.jobs.by_zone.empty:
        told = _("Ses emplois privés ne sont pas connus.")
    else:
        told = _("Ses emplois privés ne sont connus que pour %(share)s de ses habitants (≥).") % {
            "share": percent(inside.jobs.share)
        }
    return f"{others} {told} {uncovered_sentence()}"


def counts_sentence(perimeter: AnyPerimeter, inside: PerimeterInside) -> str:
    """Return how many rows of the table of counts are known, and how many of them in part only."""
    figure = counts_figure(perimeter, inside.counts, inside.listed)
    rows = figure.table.rows if figure else []
    values = {
        "known": len(rows),
        "all": len(inside.counts) + len(brownfield_rows(inside.listed)),
        "partial": sum(isinstance(row[1], Signed) and bool(row[1].sign) for row in rows),
    }
    if not values["partial"]:
        return _("%(known)s dénombrements connus sur %(all)s, aucun en partie seulement.") % values
    return (
        ngettext(
            "%(known)s dénombrements connus sur %(all)s, dont %(partial)s en partie seulement (≥).",
            "%(known)s dénombrements connus sur %(all)s, dont %(partial)s en partie seulement (≥).",
            values["partial"],
        )
        % values
    )
