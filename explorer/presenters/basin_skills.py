"""Who works in a basin: industrial occupations by level, the rare ones marked, how hard hiring is, who is trained."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from explorer import basin_charts
from explorer.presenters.basin_comparison import beside, key_sentence, lower_first
from explorer.tables import Cell, Column, Figure, Table, signed_by
from explorer.wording import apart, capitalised, number, skill_level_label, titled
from scoring.capabilities import LEAST_JOBS, RARE_SHARE, Capability, TradeHiring
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.sheet import BasinSheet
from scoring.sheet_tables import OccupationJobs

STOCK_SOURCES = ("dares-fap-sectors", "dares-fap-regions", "insee-flores-zone-a38")
LEVEL_SOURCES = (*STOCK_SOURCES, "dares-fap-pcs", "dares-family-jobs")
HIRING_SOURCES = ("hiring-intentions-2023", "hiring-intentions-2025")
TRAINING_SOURCES = ("depp-vocational-schools", "parcoursup-industrial-courses")
# Families drawn by level, those held most above the size of the basin; the table has them all.
DRAWN = {"worker": 7, "technician": 4, "engineer": 2}
NAMED = 3
HIGH_TENSION = 4


def levels_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the share of each level of skill among the trades that produce or maintain."""
    if not sheet.levels:
        return None
    workers = sum(one.share_pct for one in sheet.levels if "worker" in one.level)
    title = _(
        "Sur 100 emplois de production et de maintenance, ≈ %(workers)s d'ouvriers, %(rest)s de techniciens et cadres"
    )
    rows: list[list[Cell]] = [
        [
            one.label,
            signed_by("estimated", one.jobs),
            100 * one.error_share,
            signed_by("estimated", one.share_pct),
            *(signed_by("estimated", value) for value in one.references_pct),
        ]
        for one in sheet.levels
    ]
    columns = [
        Column(_("Niveau")),
        Column(_("Emplois estimés"), decimals=0),
        Column(_("Marge (±)"), unit="%", decimals=0),
        Column(_("Part, %(name)s") % {"name": sheet.zone.name}, unit="%", decimals=1),
        *(Column(_("Part, %(name)s") % {"name": one.name}, unit="%", decimals=1) for one in sheet.territories),
    ]
    values = {"workers": number(workers, 0), "rest": number(100 - round(workers), 0)}
    return Figure(
        table=Table("levels", title % values, columns, rows, sources=LEVEL_SOURCES, status="estimated"),
        subtitle=_("Emplois estimés des métiers qui produisent ou entretiennent, par niveau. %(key)s")
        % {"key": key_sentence(sheet, _("Barre"))},
        chart=lambda: basin_charts.bars_beside(
            [capitalised(one.label) for one in sheet.levels],
            [one.share_pct for one in sheet.levels],
            beside(sheet, [one.references_pct for one in sheet.levels]),
            name=sheet.zone.name,
            title=_("% des emplois de production et de maintenance"),
        ),
    )


def occupations_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the industrial occupations by level, those that the basin holds most above its size first."""
    if not sheet.occupations:
        return None
    first = sheet.occupations[0].capability
    title = _("≈ %(times)s fois la part nationale de « %(family)s »")
    return Figure(
        table=occupations_table(sheet, title % {"times": number(first.quotient, 1), "family": first.label}),
        subtitle=_(
            "Ouvriers, puis techniciens, puis ingénieurs : les familles les plus présentes pour la taille du bassin, "
            "en nombre de fois leur part en France, avec la marge de l'estimation. %(key)s"
        )
        % {"key": key_sentence(sheet, _("Point"))},
        note=_(
            "Métier rare : moins de %(share)s emplois sur 1 000 en France, %(jobs)s emplois au moins ici, deux fois "
            "ce que donnerait la taille du bassin. L'estimation, à 30 %% près au mieux, est tirée des branches "
            "présentes : ce n'est pas une preuve indépendante d'elles."
        )
        % {"share": number(1000 * RARE_SHARE, 0), "jobs": number(LEAST_JOBS, 0)},
        chart=lambda: _drawing(sheet),
    )


def _drawing(sheet: BasinSheet) -> dict[str, object]:
    drawn = drawn_families(sheet)
    known = [one.capability for one in drawn]
    return basin_charts.dots_beside(
        [row_label(one) for one in known],
        [interval(one) for one in known],
        beside(sheet, [(*one.references, 1.0) for one in drawn]),
        name=sheet.zone.name,
        title=_("fois la part nationale"),
    )


def interval(one: Capability) -> basin_charts.Interval:
    """Return a quotient with the bounds that its error allows."""
    error = 1 + one.error_share
    return basin_charts.Interval(one.quotient, one.quotient / error, one.quotient * error)


def drawn_families(sheet: BasinSheet) -> list[OccupationJobs]:
    """Return the families drawn, by level and then by quotient."""
    return [
        one
        for level, count in DRAWN.items()
        for one in [family for family in sheet.occupations if family.level == level][:count]
    ]


def row_label(one: Capability) -> str:
    """Return a family with its quotient and jobs, and whether it is rare."""
    rare = " · " + _("métier rare") if one.is_rare else ""
    jobs = _("≈ %(jobs)s emplois") % {"jobs": number(one.jobs, 0)}
    return titled(one.label, f"≈\u202f{number(one.quotient, 1)} · {jobs}{rare}")


def by_level(sheet: BasinSheet) -> list[OccupationJobs]:
    """Return all families, workers first, then by quotient."""
    order = list(DRAWN)
    return sorted(
        sheet.occupations,
        key=lambda one: (order.index(one.level) if one.level in order else len(order), -one.capability.quotient),
    )


def occupations_table(sheet: BasinSheet, title: str) -> Table:
    """Return every scored family with its jobs and how concentrated it is."""
    columns = [
        Column(_("Famille de métiers")),
        Column(_("Code FAP")),
        Column(_("Niveau")),
        Column(_("Métier rare")),
        Column(_("Emplois estimés"), decimals=0),
        Column(_("Marge (±)"), unit="%", decimals=0),
        Column(_("France = 1"), decimals=2),
        *(Column(_("%(name)s, France = 1") % {"name": one.name}, decimals=2) for one in sheet.territories[:-1]),
        Column(_("Rang"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
    ]
    rows: list[list[Cell]] = [
        [
            one.capability.label,
            one.capability.code,
            skill_level_label(one.level),
            _("oui") if one.capability.is_rare else _("non"),
            signed_by("estimated", one.capability.jobs),
            100 * one.capability.error_share,
            one.capability.quotient,
            *one.references,
            one.capability.national_rank,
            one.capability.ranked,
        ]
        for one in by_level(sheet)
    ]
    return Table("occupations", title, columns, rows, sources=STOCK_SOURCES, status="estimated")


def recruiting_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return how hard hiring is and who is trained nearby, family by family; a table, since its units differ."""
    if not sheet.occupations:
        return None
    columns = [
        Column(_("Famille de métiers")),
        Column(_("Code FAP")),
        Column(_("Indice de tension"), decimals=2),
        Column(_("Indice de tension, France"), decimals=2),
        Column(_("Niveau de tension (1 à 5)"), decimals=0),
        Column(_("Maille du niveau")),
        Column(_("Projets de recrutement 2025, au moins"), decimals=0),
        Column(_("Projets de recrutement 2025, au plus"), decimals=0),
        Column(_("Jugés difficiles"), unit="%", decimals=0),
        Column(_("Personnes formées par an à moins de 40 km"), decimals=0),
    ]
    rows = [recruiting_row(one.capability) for one in by_level(sheet)]
    sources = ("dares-tightness", *HIRING_SOURCES[1:], *TRAINING_SOURCES)
    return Figure(
        table=Table("recruiting", tension_sentence(sheet), columns, rows, sources=sources, status="estimated"),
        subtitle=_(
            "Tension de 1 (faible) à 5 (très forte), de 2019 ; projets des groupes de métiers dont la famille fait "
            "partie, bornés quand l'enquête cache un nombre ; places de formation converties en personnes par an."
        ),
    )


def recruiting_row(one: Capability) -> list[Cell]:
    """Return the market of a family; projects and difficulty are those of the last survey."""
    last = last_survey(one.hiring)
    shares = [row.hard_pct for row in last if row.hard_pct is not None]
    return [
        one.label,
        one.code,
        one.tightness.index,
        one.tightness.national_index,
        one.tightness.category,
        grain_label(one.tightness.grain),
        summed(last, lambda row: row.low),
        summed(last, lambda row: row.high),
        shares[0] if len(shares) == 1 else None,
        one.trained_people,
    ]


def last_survey(hiring: Sequence[TradeHiring]) -> list[TradeHiring]:
    """Return the rows of the most recent survey."""
    year = max((row.year for row in hiring), default=0)
    return [row for row in hiring if row.year == year]


def summed(rows: Sequence[TradeHiring], bound: Callable[[TradeHiring], float | None]) -> float | None:
    """Return the sum of a bound over trades, None where one of them has none."""
    bounds = [bound(row) for row in rows]
    known = [value for value in bounds if value is not None]
    return sum(known) if known and len(known) == len(bounds) else None


def grain_label(grain: str) -> str:
    """Return the area whose category of tightness is told."""
    return {"department": _("département principal"), "region": _("région"), "country": _("France"), "": ""}[grain]


def tension_sentence(sheet: BasinSheet) -> str:
    """Return which of the occupations that the basin is strong in are the hardest to hire."""
    strong = [one.capability for one in sheet.occupations if one.least_quotient > 1]
    tight = [one for one in strong if (one.tightness.category or 0) >= HIGH_TENSION]
    if not strong:
        return _("Aucun métier industriel n'y dépasse nettement sa part nationale")
    if not tight:
        return _("Parmi les métiers où le bassin est fort, aucun n'est en tension forte")
    if len(strong) == 1:
        only = _("Recruter est difficile dans le seul métier où le bassin est fort : %(named)s")
        return only % {"named": named(tight)}
    if len(tight) == len(strong):
        every = _("Recruter est difficile dans les %(strong)s métiers où le bassin est fort : %(named)s")
        return every % {"strong": number(len(strong), 0), "named": named(tight)}
    return _("Recruter est difficile dans %(tight)s des %(strong)s métiers où le bassin est fort : %(named)s") % {
        "tight": number(len(tight), 0),
        "strong": number(len(strong), 0),
        "named": named(tight),
    }


def named(rows: Sequence[Capability]) -> str:
    """Return the first families by name, and how many others."""
    told = apart(lower_first(one.label) for one in rows[:NAMED])
    return told + (_(" ; et %(count)s autres") % {"count": len(rows) - NAMED} if len(rows) > NAMED + 1 else "")


def rare_sentence(sheet: BasinSheet) -> str:
    """Return the sentence that opens the section: the rare occupations that the basin holds."""
    if not sheet.occupations:
        return _(
            "L'emploi salarié par branche n'est pas disponible pour ce bassin : les métiers présents ne peuvent pas "
            "être estimés."
        )
    rare = [one.capability for one in sheet.occupations if one.capability.is_rare]
    if not rare:
        return _("Aucun métier industriel rare en France n'y est concentré, pour autant que l'estimation le dise.")
    told = apart(
        _("%(family)s (≈ %(jobs)s emplois, %(rank)s bassin)")
        % {"family": lower_first(one.label), "jobs": number(one.jobs, 0), "rank": ordinal(one.national_rank)}
        for one in rare[:NAMED]
    )
    more = _(" ; et %(count)s autres") % {"count": len(rare) - NAMED} if len(rare) > NAMED + 1 else ""
    return _("Métiers rares en France et concentrés ici : %(told)s%(more)s.") % {"told": told, "more": more}
