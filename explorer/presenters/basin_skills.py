"""Who works in a basin: industrial occupations by level, the rare ones marked, with the error of the estimate."""

from django.utils.translation import gettext as _

from explorer import basin_charts
from explorer.presenters.basin_comparison import key_sentence
from explorer.tables import Cell, Column, Figure, Table, signed_by
from explorer.wording import number, skill_level_label
from scoring.facts import Facts
from scoring.sheet import BasinSheet
from scoring.sheet_tables import RARE_SHARE, OccupationJobs

SOURCES = ("dares-fap-sectors", "dares-fap-regions", "insee-flores-zone-a38")
# Families drawn by level, those held most above the size of the basin; the table has them all.
DRAWN = {"worker": 7, "technician": 4, "engineer": 2}


def levels_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the share of workers, technicians and engineers among the industrial occupations."""
    if not sheet.levels:
        return None
    worker, technician, engineer = sheet.levels
    title = _(
        "Sur 100 emplois des métiers industriels, ≈ %(worker)s d'ouvriers, %(rest)s de techniciens et d'ingénieurs"
    )
    values = {"worker": number(worker.share_pct, 0), "rest": number(100 - round(worker.share_pct), 0)}
    rows: list[list[Cell]] = [
        [
            skill_level_label(one.level),
            signed_by("estimated", one.jobs),
            signed_by("estimated", one.share_pct),
            *one.references_pct,
        ]
        for one in sheet.levels
    ]
    columns = [
        Column(_("Niveau")),
        Column(_("Emplois estimés"), decimals=0),
        Column(_("Part, %(name)s") % {"name": sheet.zone.name}, unit="%", decimals=1),
        *(Column(_("Part, %(name)s") % {"name": one.name}, unit="%", decimals=1) for one in sheet.territories),
    ]
    return Figure(
        table=Table("levels", title % values, columns, rows, sources=SOURCES, status="estimated"),
        subtitle=_("Emplois estimés des familles de production, de maintenance et de logistique, par niveau. %(key)s")
        % {"key": key_sentence(sheet, _("Barre"))},
        chart=lambda: basin_charts.bars_beside(
            [level_name(one.level) for one in sheet.levels],
            [one.share_pct for one in sheet.levels],
            [
                (territory.name, [one.references_pct[position] for one in sheet.levels])
                for position, territory in enumerate(sheet.territories)
            ],
            name=sheet.zone.name,
            title=_("% des emplois des métiers industriels"),
        ),
    )


def level_name(level: str) -> str:
    """Return the name of a level at the head of a row."""
    return {
        "worker": _("Ouvriers et employés"),
        "technician": _("Techniciens et agents de maîtrise"),
        "engineer": _("Ingénieurs et cadres"),
    }[level]


def occupations_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the industrial occupations by level, those that the basin holds most above its size first."""
    if not sheet.occupations:
        return None
    drawn = drawn_families(sheet)
    first = sheet.occupations[0]
    title = _("≈ %(times)s fois la part nationale de « %(family)s »")
    return Figure(
        table=occupations_table(sheet, title % {"times": number(first.quotient, 1), "family": first.label}),
        subtitle=_(
            "Ouvriers, puis techniciens, puis ingénieurs : les familles les plus présentes pour la taille du bassin, "
            "en nombre de fois leur part en France, avec la marge de l'estimation. %(key)s"
        )
        % {"key": key_sentence(sheet, _("Point"))},
        note=_(
            "Métier rare : moins de %(count)s emplois sur 1 000 en France. L'estimation, à 30 %% près au mieux, est "
            "tirée des branches présentes : ce n'est pas une preuve indépendante d'elles."
        )
        % {"count": number(1000 * RARE_SHARE, 0)},
        chart=lambda: basin_charts.dots_beside(
            [row_label(one) for one in drawn],
            [
                basin_charts.Interval(
                    one.quotient, one.quotient / (1 + one.error_share), one.quotient * (1 + one.error_share)
                )
                for one in drawn
            ],
            [
                *(
                    (territory.name, [one.references[position] for one in drawn])
                    for position, territory in enumerate(sheet.territories[:-1])
                ),
                (sheet.territories[-1].name, [1.0] * len(drawn)),
            ],
            name=sheet.zone.name,
            title=_("fois la part nationale"),
        ),
    )


def drawn_families(sheet: BasinSheet) -> list[OccupationJobs]:
    """Return the families drawn, by level and then by quotient."""
    return [
        one
        for level, count in DRAWN.items()
        for one in [family for family in sheet.occupations if family.level == level][:count]
    ]


def row_label(one: OccupationJobs) -> str:
    """Return a family with its quotient and jobs, and whether it is rare."""
    rare = f" · {_('métier rare')}" if one.is_rare else ""
    jobs = _("≈ %(jobs)s emplois") % {"jobs": number(one.jobs, 0)}
    return f"{one.label} : ≈\u202f{number(one.quotient, 1)} · {jobs}{rare}"


def occupations_table(sheet: BasinSheet, title: str) -> Table:
    columns = [
        Column(_("Famille de métiers")),
        Column(_("Code FAP")),
        Column(_("Niveau")),
        Column(_("Métier rare")),
        Column(_("Emplois estimés"), decimals=0),
        Column(_("Marge (±)"), unit="%", decimals=0),
        Column(_("France = 1"), decimals=2),
        *(Column(_("%(name)s, France = 1") % {"name": one.name}, decimals=2) for one in sheet.territories[:-1]),
    ]
    rows: list[list[Cell]] = [
        [
            one.label,
            one.code,
            skill_level_label(one.level),
            _("oui") if one.is_rare else _("non"),
            signed_by("estimated", one.jobs),
            100 * one.error_share,
            one.quotient,
            *one.references,
        ]
        for one in sorted(sheet.occupations, key=lambda one: (list(DRAWN).index(one.level), -one.quotient))
    ]
    return Table("occupations", title, columns, rows, sources=SOURCES, status="estimated")


def rare_sentence(sheet: BasinSheet) -> str:
    """Return the sentence that opens the section: the rare occupations held above the national share."""
    if not sheet.occupations:
        return _(
            "L'emploi salarié par branche n'est pas disponible pour ce bassin : les métiers présents ne peuvent pas "
            "être estimés."
        )
    rare = [one for one in sheet.occupations if one.is_rare and one.quotient / (1 + one.error_share) > 1]
    if not rare:
        return _("Aucun métier industriel rare n'y dépasse sa part nationale au-delà de la marge d'estimation.")
    named = [f"{one.label.lower()} (≈\u202f{number(one.jobs, 0)})" for one in rare[:3]]
    return _("Métiers rares présents au-delà de leur part nationale, marge déduite : %(named)s%(more)s.") % {
        "named": " ; ".join(named),
        "more": _(" ; et %(count)s autres") % {"count": len(rare) - 3} if len(rare) > 4 else "",
    }
