"""The private jobs of a perimeter, summed from its communes: the head figure, the years, the weight of each zone."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from basins.perimeters import AnyPerimeter
from economy.commune_jobs import PerimeterJobs
from explorer import charts
from explorer.presenters.basin_figures import signed
from explorer.presenters.perimeter_counts import WHOLE
from explorer.presenters.perimeter_map import percent
from explorer.tables import AT_LEAST, NO_VALUE, Cell, Column, Figure, Signed, Table, shown, written
from scoring.facts import Facts

SOURCE = "urssaf-commune-series"
COUNT = Column("", decimals=0)


def jobs_figure(perimeter: AnyPerimeter, jobs: PerimeterJobs, national: Mapping[int, int]) -> Figure | None:
    """Return the figure of its jobs since the first year held, beside France; None where none is known or declared.

    Sums that leave out some of its people bear ≥, and the share that they cover.
    """
    totals = {int(year): int(count) for year, count in jobs.by_zone.sum().items()}
    years = [year for year in totals if national.get(year)]
    if len(years) < 2 or not totals[years[0]]:
        return None
    first, last = years[0], years[-1]
    lines = [
        (name, [100 * one[year] / one[first] for year in years])
        for name, one in ((perimeter.name, totals), (_("France"), national))
    ]
    count = written(at_least(totals[last], jobs.share), COUNT)
    return Figure(
        table=Table(
            "jobs",
            title(jobs.share, first, *(signed(values[-1] - 100) for _name, values in lines)),
            [
                Column(_("Année"), is_year=True),
                Column(_("Emplois, %(name)s") % {"name": perimeter.name}, decimals=0),
                *(Column(_("Indice, %(name)s") % {"name": name}, decimals=1) for name, _values in lines),
                *coverage_column(jobs.share),
            ],
            [
                [int(year), at_least(totals[year], jobs.share), *(values[place] for _name, values in lines)]
                + ([100 * jobs.share] if is_partial(jobs.share) else [])
                for place, year in enumerate(years)
            ],
            sources=(SOURCE,),
            status="observed",
        ),
        subtitle=_("Emploi salarié privé des communes du périmètre, indice 100 en %(year)s ; %(count)s en %(last)s")
        % {"year": first, "count": count, "last": last},
        note=coverage_sentence(jobs.share),
        chart=lambda: charts.lines_chart(lines, years, title=_("indice 100 en %(year)s") % {"year": first}),
    )


def title(share: float, year: int, change: str, national: str) -> str:
    """Return how jobs went beside France, and of whom they are known where it is not of all."""
    values = {"year": year, "change": change, "national": national, "share": percent(share)}
    if is_partial(share):
        return (
            _(
                "Emploi privé, connu pour %(share)s des habitants : %(change)s %% depuis %(year)s, contre "
                "%(national)s %% en France"
            )
            % values
        )
    return _("Emploi privé : %(change)s %% depuis %(year)s, contre %(national)s %% en France") % values


def is_partial(share: float) -> bool:
    """Whether what is known of a share of people leaves out more than a hamlet."""
    return share < WHOLE


def at_least(count: int, share: float) -> Cell:
    """Return a sum known for a share of the people, with ≥ where it leaves some out."""
    return Signed(count, AT_LEAST) if is_partial(share) else count


def coverage_column(share: float) -> list[Column]:
    """Return the column of the share of people covered, none where all are."""
    return [Column(_("Habitants des communes connues"), unit="%", decimals=0)] if is_partial(share) else []


def coverage_sentence(share: float) -> str:
    """Return what the jobs of a perimeter cover, nothing where they are whole."""
    if not is_partial(share):
        return ""
    told = _("≥ : les emplois ne sont connus que dans les communes où vivent %(share)s des habitants.")
    return f"{told % {'share': percent(share)}} {uncovered_sentence()}"


def uncovered_sentence() -> str:
    """Return where the file of jobs does not reach."""
    return _("Le fichier de l'Urssaf ne couvre ni Mayotte ni les communes rétablies depuis 2018.")


def no_course_sentence(jobs: PerimeterJobs) -> str:
    """Return why no course of jobs is drawn: they are not known, or there was none to start from."""
    if jobs.by_zone.empty:
        return f"{_('Emplois privés : non disponible dans ses communes.')} {uncovered_sentence()}"
    first, last = jobs.by_zone.columns[0], jobs.by_zone.columns[-1]
    told = _("Aucun emploi privé déclaré dans ses communes en %(first)s, %(count)s en %(last)s : pas d'évolution.")
    count = written(at_least(int(jobs.by_zone[last].sum()), jobs.share), COUNT)
    return told % {"first": first, "count": count, "last": last}


def jobs_card(
    facts: Facts, perimeter: AnyPerimeter, jobs: PerimeterJobs, national: Mapping[int, int], *, csv_url: str
) -> dict[str, Any] | None:
    """Return what the page shows of the jobs."""
    figure = jobs_figure(perimeter, jobs, national)
    return shown(facts, figure, csv_url=csv_url) if figure else None


def last_jobs(jobs: PerimeterJobs) -> dict[str, int]:
    """Return the jobs of the last year by zone, those where none is known left out."""
    table = jobs.by_zone
    return {} if table.empty else {str(zone): int(count) for zone, count in table[table.columns[-1]].items()}


def zone_jobs(jobs: PerimeterJobs, zone: str) -> Cell:
    """Return the jobs of the last year of the perimeter in a zone, with ≥ where some people are left out."""
    last = last_jobs(jobs)
    return at_least(last[zone], jobs.coverage[zone]) if zone in last else None


def jobs_key_figure(facts: Facts, jobs: PerimeterJobs) -> dict[str, str]:
    """Return the head figure: the jobs of the last year with what they cover, a dash where none is known."""
    is_known = not jobs.by_zone.empty
    return {
        "label": _("Emplois privés"),
        "value": written(at_least(sum(last_jobs(jobs).values()), jobs.share), COUNT) if is_known else NO_VALUE,
        "note": jobs_note(jobs) if is_known else _("non disponible"),
        "source": named_source(facts, SOURCE),
    }


def jobs_note(jobs: PerimeterJobs) -> str:
    """Return the year of the head figure, and the share of people that it covers where it is not whole."""
    values = {"year": jobs.by_zone.columns[-1], "share": percent(jobs.share)}
    if is_partial(jobs.share):
        return _("en %(year)s, connus pour %(share)s des habitants") % values
    return _("en %(year)s") % values


def named_source(facts: Facts, slug: str) -> str:
    """Return the producer and vintage of a data set, empty where the edition does not hold it."""
    producer, _title, vintage = facts.vintages.get(slug, ("", "", ""))
    return f"{producer}, {vintage}" if producer else ""
