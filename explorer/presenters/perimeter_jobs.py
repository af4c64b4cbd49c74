"""The private jobs of a perimeter, summed from its communes: the head figure, the years, the weight of each zone."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from basins.perimeters import AnyPerimeter
from explorer import charts
from explorer.presenters.basin_figures import signed
from explorer.tables import Column, Figure, Table, shown
from explorer.wording import number
from scoring.facts import Facts

SOURCE = "urssaf-commune-series"


def jobs_figure(perimeter: AnyPerimeter, jobs: pd.DataFrame, national: Mapping[int, int]) -> Figure | None:
    """Return the figure of its jobs since the first year held, beside France; None where none is declared."""
    totals = {int(year): int(count) for year, count in jobs.sum().items()}
    years = [year for year in totals if national.get(year)]
    if len(years) < 2 or not totals[years[0]]:
        return None
    first, last = years[0], years[-1]
    lines = [
        (name, [100 * one[year] / one[first] for year in years])
        for name, one in ((perimeter.name, totals), (_("France"), national))
    ]
    title = _("Emploi privé : %(change)s %% depuis %(year)s, contre %(national)s %% en France")
    values = {"year": first, "change": signed(lines[0][1][-1] - 100), "national": signed(lines[1][1][-1] - 100)}
    return Figure(
        table=Table(
            "jobs",
            title % values,
            [
                Column(_("Année"), is_year=True),
                Column(_("Emplois, %(name)s") % {"name": perimeter.name}, decimals=0),
                *(Column(_("Indice, %(name)s") % {"name": name}, decimals=1) for name, _values in lines),
            ],
            [
                [int(year), totals[year], *(values[place] for _name, values in lines)]
                for place, year in enumerate(years)
            ],
            sources=(SOURCE,),
            status="observed",
        ),
        subtitle=_("Emploi salarié privé des communes du périmètre, indice 100 en %(year)s ; %(count)s en %(last)s")
        % {"year": first, "count": number(totals[last], 0), "last": last},
        chart=lambda: charts.lines_chart(lines, years, title=_("indice 100 en %(year)s") % {"year": first}),
    )


def jobs_card(
    facts: Facts, perimeter: AnyPerimeter, jobs: pd.DataFrame, national: Mapping[int, int], *, csv_url: str
) -> dict[str, Any] | None:
    """Return what the page shows of the jobs."""
    figure = jobs_figure(perimeter, jobs, national)
    return shown(facts, figure, csv_url=csv_url) if figure else None


def last_jobs(jobs: pd.DataFrame) -> dict[str, int]:
    """Return the jobs of the last year by zone, empty where no commune declares any."""
    return {} if jobs.empty else {str(zone): int(count) for zone, count in jobs[jobs.columns[-1]].items()}


def jobs_key_figure(facts: Facts, jobs: pd.DataFrame) -> dict[str, str]:
    """Return the head figure: the jobs of the last year, a dash where none is declared."""
    total = sum(last_jobs(jobs).values())
    return {
        "label": _("Emplois privés"),
        "value": number(total, 0) if total else "—",
        "note": _("en %(year)s") % {"year": jobs.columns[-1]} if total else _("non disponible"),
        "source": named_source(facts, SOURCE),
    }


def named_source(facts: Facts, slug: str) -> str:
    """Return the producer and vintage of a data set, empty where the edition does not hold it."""
    producer, _title, vintage = facts.vintages.get(slug, ("", "", ""))
    return f"{producer}, {vintage}" if producer else ""
