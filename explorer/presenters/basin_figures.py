"""The figures of the page of a basin by identifier: what is drawn, and the table that its file holds."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from explorer import basin_charts, charts
from explorer.presenters.basin_access import access_figure
from explorer.presenters.basin_comparison import all_indicators, beside, group_figure, key_sentence, section_of
from explorer.presenters.basin_knowhow import plants_table
from explorer.presenters.basin_land import sites_table
from explorer.presenters.basin_periods import permits_figure, unemployment_figure
from explorer.presenters.basin_skills import levels_figure, occupations_figure, recruiting_figure
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import apart, number
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.sheet import BasinSheet, BranchJobs

MARKING_JOBS = 100

Builder = Callable[[Facts, BasinSheet], Figure | None]


def marking_branch(sheet: BasinSheet) -> BranchJobs | None:
    """Return the branch that marks the basin most: the highest quotient among those of 100 jobs or more."""
    known = [one for one in sheet.composition if one.quotient and (one.jobs or 0) >= MARKING_JOBS]
    return max(known, key=lambda one: one.quotient or 0.0, default=None)


def composition(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the figure of manufacturing branches beside the regions and the nation."""
    branch = marking_branch(sheet)
    if branch is None:
        return None
    drawn = [one for one in sheet.composition if one.share_pct]
    absent = [one.label for one in sheet.composition if one.jobs == 0]
    return Figure(
        table=composition_table(sheet, branch),
        subtitle=_("Part des branches industrielles dans l'emploi salarié privé. %(key)s")
        % {"key": key_sentence(sheet, _("Barre"))},
        note=_("Aucun emploi salarié privé : %(branches)s.") % {"branches": apart(absent)} if absent else "",
        chart=lambda: basin_charts.bars_beside(
            [one.label for one in drawn],
            [one.share_pct or 0.0 for one in drawn],
            beside(sheet, [one.references_pct for one in drawn]),
            name=sheet.zone.name,
            title=_("% de l'emploi salarié privé"),
        ),
    )


def composition_table(sheet: BasinSheet, branch: BranchJobs) -> Table:
    columns = [
        Column(_("Branche"), is_french=True),
        Column(_("Code A38")),
        Column(_("Emplois"), decimals=0),
        Column(_("Part, %(name)s") % {"name": sheet.zone.name}, unit="%", decimals=2),
        *(Column(_("Part, %(name)s") % {"name": one.name}, unit="%", decimals=2) for one in sheet.territories),
        Column(_("France = 1"), decimals=2),
        Column(_("Statut"), is_status=True),
    ]
    rows: list[list[Cell]] = [
        [one.label, one.code, one.jobs, one.share_pct, *one.references_pct, one.quotient, one.status]
        for one in sheet.composition
    ]
    title = (
        _("« %(branch)s » : %(times)s fois la part nationale")
        if (branch.quotient or 0) >= 1
        else _("Aucune branche au-dessus de sa part nationale ; au plus, « %(branch)s » : %(times)s fois")
    )
    values = {"branch": branch.label, "times": number(branch.quotient or 0, 1)}
    return Table("composition", title % values, columns, rows, sources=("urssaf-zone-a38",))


def jobs(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the figure of all jobs since the first year held, the basin and its references at 100 that year."""
    years = [year for year, _jobs in sheet.jobs_series]
    others = [dict(one) for one in sheet.reference_series]
    common = [year for year in years if all(year in one for one in others)]
    here = dict(sheet.jobs_series)
    if len(common) < 2 or not here[common[0]]:
        return None
    series = [here, *others]
    names = [sheet.zone.name, *(one.name for one in sheet.territories)]
    lines = [
        (name, [100 * one[year] / one[common[0]] for year in common]) for name, one in zip(names, series, strict=True)
    ]
    nation = _("%(change)s %% en France") % {"change": signed(lines[-1][1][-1] - 100)}
    title = _("Emploi total : %(change)s %% depuis %(year)s, contre %(others)s")
    rows: list[list[Cell]] = [
        [int(year), here[year], *(values[position] for _name, values in lines)] for position, year in enumerate(common)
    ]
    columns = [
        Column(_("Année"), is_year=True),
        Column(_("Emplois, %(name)s") % {"name": sheet.zone.name}, decimals=0),
        *(Column(_("Indice, %(name)s") % {"name": name}, decimals=1) for name in names),
    ]
    values = {"change": signed(lines[0][1][-1] - 100), "year": common[0], "others": nation}
    return Figure(
        table=Table("jobs", title % values, columns, rows, sources=("insee-zone-jobs",), status="observed"),
        subtitle=_("Emploi salarié total, indice 100 en %(year)s") % {"year": common[0]},
        chart=lambda: charts.lines_chart(lines, common, title=_("indice 100 en %(year)s") % {"year": common[0]}),
    )


def signed(value: float) -> str:
    """Return a change in whole points, with its sign."""
    return f"{'+' if value > 0 else ''}{number(value, 0)}"


def _tabled(make: Callable[[Facts, BasinSheet], Table | None]) -> Builder:
    """A table without drawing, as a figure."""

    def build(facts: Facts, sheet: BasinSheet) -> Figure | None:
        table = make(facts, sheet)
        return Figure(table) if table else None

    return build


def other_groups(sheet: BasinSheet) -> list[str]:
    """Return the groups of indicators that no section of the page names, in the order of their files."""
    return [one for one in dict.fromkeys(map(section_of, sheet.indicators)) if one not in SECTION_GROUPS]


SECTION_GROUPS = ("population", "economy", "living", "land", "access", "skills", "programmes")

# Every figure and list of the page, in its order.
FIGURES: dict[str, Builder] = {
    "composition": composition,
    "jobs": jobs,
    "comparison": lambda facts, sheet: group_figure(
        facts, sheet, ("economy", *other_groups(sheet)), figure_id="comparison"
    ),
    "population": partial(group_figure, groups=("population",), figure_id="population"),
    "levels": levels_figure,
    "occupations": occupations_figure,
    "recruiting": recruiting_figure,
    "skills": partial(group_figure, groups=("skills",), figure_id="skills"),
    "land": partial(group_figure, groups=("land",), figure_id="land"),
    "sites": _tabled(sites_table),
    "access": access_figure,
    "living": partial(group_figure, groups=("living",), figure_id="living"),
    "unemployment": unemployment_figure,
    "permits": permits_figure,
    "plants": _tabled(plants_table),
    "programmes": partial(group_figure, groups=("programmes",), figure_id="programmes"),
    "indicators": all_indicators,
}


def figure(facts: Facts, sheet: BasinSheet, figure_id: str) -> Figure:
    """Return a figure of a basin; raises `NotFound` on an unknown one, or where the basin has no data for it."""
    if figure_id not in FIGURES:
        sentence = _("Aucune figure ne porte le nom « %(name)s ». Figures d'un bassin : %(accepted)s.")
        raise NotFound(sentence % {"name": figure_id[:40], "accepted": ", ".join(FIGURES)})
    found = FIGURES[figure_id](facts, sheet)
    if found is None:
        raise NotFound(_("Le bassin de %(zone)s n'a pas de données pour cette figure.") % {"zone": sheet.zone.name})
    return found
