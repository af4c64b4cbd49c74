"""The first page of the report of a perimeter: over which zones, key figures, what is sure and what is not."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.commune_sets import CommuneSet
from basins.perimeters import AnyPerimeter
from explorer.citations import cited
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter import headline, key_figures, sites
from explorer.presenters.perimeter_counts import WHOLE
from explorer.presenters.perimeter_jobs import jobs_figure
from explorer.presenters.perimeter_score import sentence
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
        said(headline(inside.zones), cited(facts, "commune-zones", "insee-populations")),
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
    known = inside.counts[inside.counts["total"].notna()]
    partial = int((known["coverage"] < WHOLE).sum())
    told = [
        _("Emplois privés, habitants, logements, services, friches et établissements sont comptés dans ses communes."),
        ngettext(
            "%(known)s dénombrements connus sur %(all)s, dont %(partial)s en partie seulement (≥).",
            "%(known)s dénombrements connus sur %(all)s, dont %(partial)s en partie seulement (≥).",
            partial,
        )
        % {"known": len(known), "all": len(inside.counts), "partial": partial},
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
