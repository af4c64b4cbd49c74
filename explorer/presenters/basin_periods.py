"""The course of a basin's living conditions, period by period, beside the median basin: unemployment, dwellings."""

from functools import lru_cache

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from basins.models import ZonePeriod
from basins.queries import zone_period_frame
from explorer import charts
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import number, with_unit
from measures.territory import median_known
from scoring.facts import Facts
from scoring.sheet import BasinSheet
from sources.models import Edition

QUARTERS_A_YEAR = 4
PER = 1_000


@lru_cache(maxsize=4)
def _periods(facts: Facts, series: str) -> pd.DataFrame:
    """Return a series as zones by periods, read once per process: its medians need every zone of it."""
    return zone_period_frame(Edition.objects.get(content_hash=facts.edition.content_hash), series)


def unemployment_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the rate of unemployment by quarter beside the median basin; None where no rate is published."""
    frame = _periods(facts, ZonePeriod.Series.UNEMPLOYMENT)
    if sheet.zone.code not in frame.index:
        return None
    here = frame.loc[sheet.zone.code].dropna()
    if len(here) < 2:
        return None
    median = medians(frame[here.index])
    title = _("Chômage : %(last)s au %(to)s, contre %(first)s au %(since)s")
    values = {
        "last": with_unit(number(here.iloc[-1], 1), "%"),
        "first": with_unit(number(here.iloc[0], 1), "%"),
        "to": quarter_in_words(here.index[-1]),
        "since": quarter_in_words(here.index[0]),
    }
    columns = [
        Column(_("Trimestre")),
        Column(_("Taux de chômage, %(name)s") % {"name": sheet.zone.name}, unit="%", decimals=1),
        Column(_("Taux de chômage, bassin médian"), unit="%", decimals=1),
    ]
    quarters = [shown_quarter(one) for one in here.index]
    rows: list[list[Cell]] = [[name, here[one], median[one]] for name, one in zip(quarters, here.index, strict=True)]
    return Figure(
        table=Table(
            "unemployment",
            title % values,
            columns,
            rows,
            sources=("insee-zone-unemployment",),
            status=status_of("living.unemployment_pct", sheet),
        ),
        subtitle=_("Taux de chômage localisé par trimestre, corrigé des variations saisonnières, d'un seul millésime"),
        note=median_note(frame),
        chart=lambda: charts.lines_chart(
            [(sheet.zone.name, here.tolist()), (_("bassin médian"), median.tolist())],
            quarters,
            title=_("Taux de chômage (%)"),
            every=QUARTERS_A_YEAR,
        ),
    )


def permits_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the dwellings authorised by year, per 1,000 inhabitants beside the median basin; None without any year.

    One population, the last known, divides every year: the course is that of the dwellings.
    """
    frame = _periods(facts, ZonePeriod.Series.PERMITS)
    if sheet.zone.code not in frame.index or not sheet.zone.population:
        return None
    here = frame.loc[sheet.zone.code].dropna()
    if len(here) < 2:
        return None
    people = pd.Series({zone.code: zone.population or np.nan for zone in facts.zones}, dtype=float)
    rates = PER * frame.div(people.reindex(frame.index), axis=0)
    rate, median = rates.loc[sheet.zone.code, here.index], medians(rates[here.index])
    title = _("Logements autorisés : %(last)s en %(to)s, contre %(first)s en %(since)s")
    values = {
        "last": number(here.iloc[-1], 0),
        "first": number(here.iloc[0], 0),
        "to": here.index[-1],
        "since": here.index[0],
    }
    columns = [
        Column(_("Année"), is_year=True),
        Column(_("Logements autorisés, %(name)s") % {"name": sheet.zone.name}, decimals=0),
        Column(_("Pour 1 000 habitants, %(name)s") % {"name": sheet.zone.name}, decimals=1),
        Column(_("Pour 1 000 habitants, bassin médian"), decimals=1),
    ]
    rows: list[list[Cell]] = [[int(one), here[one], rate[one], median[one]] for one in here.index]
    return Figure(
        table=Table(
            "permits",
            title % values,
            columns,
            rows,
            sources=("sitadel-dwellings", "commune-zones"),
            status=status_of("living.permits_per_1000", sheet),
        ),
        subtitle=_("Logements autorisés par an pour 1 000 habitants (population de %(year)s)")
        % {"year": sheet.zone.population_year},
        note=median_note(frame),
        chart=lambda: charts.lines_chart(
            [(sheet.zone.name, rate.tolist()), (_("bassin médian"), median.tolist())],
            [int(one) for one in here.index],
            title=_("logements pour 1 000 habitants"),
        ),
    )


def medians(frame: pd.DataFrame) -> pd.Series:
    """Return the median over zones of each period (columns), of the zones known in it."""
    return frame.apply(lambda column: median_known(column.to_numpy(float)))


def median_note(frame: pd.DataFrame) -> str:
    """Return what the median basin is."""
    return _("Bassin médian : à chaque période, la moitié des %(count)s bassins connus sont au-dessus.") % {
        "count": number(len(frame), 0)
    }


def status_of(indicator: str, sheet: BasinSheet) -> str:
    """Return the status of a series: that of the indicator that tells its last periods, estimated if it tells none."""
    known = {one.id: one.status for one in sheet.indicators if one.value is not None}
    return known.get(indicator, "estimated")


def shown_quarter(period: str) -> str:
    """Return a quarter, « 2025-T4 », as a table and an axis write it."""
    year, _dash, quarter = period.partition("-T")
    return _("%(year)s-T%(quarter)s") % {"year": year, "quarter": quarter}


def quarter_in_words(period: str) -> str:
    """Return a quarter, « 2025-T4 », as a sentence names it."""
    year, _dash, quarter = period.partition("-T")
    names = {
        "1": _("1er trimestre %(year)s"),
        "2": _("2e trimestre %(year)s"),
        "3": _("3e trimestre %(year)s"),
        "4": _("4e trimestre %(year)s"),
    }
    return names[quarter] % {"year": year}
