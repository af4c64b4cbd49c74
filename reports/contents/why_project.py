"""What the activity requires and needs: requirements held against the basin, the project, the occupations it hires."""

from django.utils.translation import gettext as _

from explorer.presenters.basin_skills import STOCK_SOURCES
from explorer.presenters.why import MOST_OCCUPATIONS, profile_card, requirement_rows
from explorer.tables import Cell, Column, Figure, Table, signed_by
from explorer.wording import number, skill_level_label
from reports.contents.blocks import key_figure, points, said, sheet
from reports.document import Block, Chapter, KeyFigures
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sheet import BasinSheet

PROFILE_SOURCES = ("hires-naf-rome", "dares-fap-rome")


def requirements(ranking: Ranking, basin: RankedBasin) -> Chapter:
    """The requirements of the activity as held against the basin."""
    told = [requirement_sentence(row) for row in requirement_rows(ranking, basin)]
    blocks = points(told) or [said(_("Aucune exigence particulière n'est relevée pour cette activité."))]
    return Chapter("requirements", _("Ce que l'activité exige"), blocks)


def requirement_sentence(row: dict[str, object]) -> str:
    """Return a requirement with its state, how binding it is, its rule, and whom to ask where no file tells."""
    notes = ", ".join(str(one) for one in (row["kind"], _("appliqué") if row["applied"] else "") if one)
    ask = _("À vérifier auprès de %(who)s.") % {"who": row["verify_with"]} if row["verify_with"] else ""
    told = _("%(label)s : %(state)s%(notes)s. %(sentence)s") % {
        "label": row["label"],
        "state": row["state"],
        "notes": f" ({notes})" if notes else "",
        "sentence": row["sentence"],
    }
    return f"{told} {ask}".strip()


def project(ranking: Ranking, basin: BasinSheet) -> Chapter:
    """The size of the project and the occupations that it hires, beside what the basin has of them."""
    card = profile_card(ranking.profile)
    sizes = _("Projet petit, moyen ou grand dans cette branche : %(sizes)s emplois.") % {"sizes": card["sizes"]}
    *amounts, transport = card["figures"]
    blocks: list[Block] = [
        KeyFigures([key_figure(one["label"], one["value"], one["evidence"]) for one in amounts]),
        said(_("%(label)s : %(value)s (%(evidence)s).") % transport),
        said(sizes, is_note=True),
        occupations(ranking, basin),
    ]
    return Chapter("project", _("Le profil de l'activité : %(label)s") % {"label": ranking.sector.label}, blocks)


def occupations(ranking: Ranking, basin: BasinSheet) -> Block:
    """Return the families that the activity hires, each with the jobs and the standing of the basin."""
    held = {one.capability.code: one.capability for one in basin.occupations}
    columns = [
        Column(_("Famille de métiers")),
        Column(_("Code FAP")),
        Column(_("Niveau")),
        Column(_("Part des embauches"), unit="%", decimals=1),
        Column(_("Compte dans le score")),
        Column(_("Emplois estimés, %(name)s") % {"name": basin.zone.name}, decimals=0),
        Column(_("France = 1"), decimals=2),
        Column(_("Niveau de tension (1 à 5)"), decimals=0),
    ]
    rows: list[list[Cell]] = []
    for need in ranking.profile.needs:
        here = held.get(need.family.code)
        rows.append(
            [
                str(need.family.label),
                need.family.code,
                skill_level_label(need.family.level),
                100 * need.share,
                _("oui") if need.scored_share > 0 else _("non, appui"),
                signed_by("estimated", here.jobs) if here else None,
                here.quotient if here else None,
                here.tightness.category if here else None,
            ]
        )
    hires = number(ranking.profile.hires, 0)
    title = _("Les métiers recrutés par l'activité (%(hires)s embauches connues)") % {"hires": hires}
    note = _("Des embauches sont des flux : elles disent qui l'on recrute, pas qui est en poste.")
    table = Table("needs", title, columns, rows, status="estimated")
    sources = (*PROFILE_SOURCES, *STOCK_SOURCES, "dares-tightness")
    return sheet(ranking.facts, Figure(table, note=note), rows=MOST_OCCUPATIONS, sources=sources)
