"""Basins side by side for an activity: score, rank and its interval, points of each pillar and criterion."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from django.utils.translation import gettext as _

from explorer import compare_charts
from explorer.presenters.compare_rows import CompareCell, CompareRow, CompareSection
from explorer.tables import Cell, Column, Figure, Signed, Table
from explorer.wording import STATUS_SIGNS, apart, number, status_label, titled, with_unit
from scoring.contribution import Contribution
from scoring.definitions import PILLARS
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking


def score_sections(ranking: Ranking, codes: Sequence[str]) -> list[CompareSection]:
    """Return the score of basins and what makes it."""
    basins = [ranking.basin(code) for code in codes]
    return [
        CompareSection(
            "score",
            _("Score et rang"),
            (
                _score_row(ranking, basins),
                _rank_row(ranking, basins),
                *_ahead_rows(ranking, basins),
                _first_row(ranking, basins),
                _known_row(basins),
            ),
            _("Rang : entre crochets, là où le bassin tombe 9 fois sur 10 quand on tire les erreurs et les poids."),
        ),
        CompareSection(
            "criteria",
            _("Points de chaque critère"),
            tuple(_criterion_row(ranking, basins, column) for column in _weighed(ranking)),
            _("Points apportés au score ; dessous, la valeur mesurée. Médiane : celle des points des bassins."),
        ),
    ]


def _score_row(ranking: Ranking, basins: Sequence[RankedBasin]) -> CompareRow:
    bounds = _("entre %(low)s et %(high)s")
    return CompareRow(
        label=_("Score"),
        unit=_("points sur 100"),
        decimals=1,
        better="more",
        cells=tuple(
            CompareCell(
                one.score,
                "estimated",
                bounds % {"low": number(one.score_low, 1), "high": number(one.score_high, 1)},
            )
            for one in basins
        ),
        national=Signed(float(np.median(ranking.score)), "", 1),
        source=_edition(ranking),
        has_signs=False,
    )


def _rank_row(ranking: Ranking, basins: Sequence[RankedBasin]) -> CompareRow:
    return CompareRow(
        label=_("Rang national"),
        unit=_("sur %(count)s") % {"count": len(ranking.facts.zones)},
        decimals=0,
        better="less",
        cells=tuple(
            CompareCell(float(one.rank), "estimated", interval(ranking, one.index))
            if one.rank
            else CompareCell(None, "missing", text=_("écarté"))
            for one in basins
        ),
        source=_edition(ranking),
        has_differences=False,
        has_signs=False,
    )


def interval(ranking: Ranking, index: int) -> str:
    """Return the P5-P95 interval of a rank in words, empty for a basin without rank."""
    low, high = ranking.robustness.rank_p05[index], ranking.robustness.rank_p95[index]
    if np.isnan(low) or np.isnan(high):
        return ""
    return _("[%(low)s – %(high)s]") % {"low": ordinal(int(low)), "high": ordinal(int(high))}


def _ahead_rows(ranking: Ranking, basins: Sequence[RankedBasin]) -> list[CompareRow]:
    """How often each basin comes before the first when errors and weights are drawn."""
    first = basins[0]
    if len(basins) < 2 or first.rank is None:
        return []
    cells = [
        CompareCell(100 * ranking.robustness.p_before(one.index, first.index), "estimated")
        if one.rank
        else CompareCell(None, "missing", text=_("écarté"))
        for one in basins[1:]
    ]
    return [
        CompareRow(
            label=_("Passe devant le premier de cette page"),
            unit=_("% des tirages"),
            decimals=0,
            better="none",
            cells=(CompareCell(None, text="—"), *cells),
            source=_edition(ranking),
            has_differences=False,
            has_signs=False,
        )
    ]


def _first_row(ranking: Ranking, basins: Sequence[RankedBasin]) -> CompareRow:
    """How often each basin is among the first when errors and weights are drawn."""
    return CompareRow(
        label=_("Parmi les vingt premiers"),
        unit=_("% des tirages"),
        decimals=0,
        better="none",
        cells=tuple(
            CompareCell(100 * float(ranking.robustness.p_top20[one.index]), "estimated")
            if one.rank
            else CompareCell(None, "missing", text=_("écarté"))
            for one in basins
        ),
        source=_edition(ranking),
        has_differences=False,
        has_signs=False,
    )


def _known_row(basins: Sequence[RankedBasin]) -> CompareRow:
    return CompareRow(
        label=_("Poids qui repose sur des données connues"),
        unit="%",
        decimals=0,
        better="none",
        cells=tuple(CompareCell(100 * one.coverage) for one in basins),
        source=_edition(basins[0].ranking),
        has_differences=False,
    )


def _edition(ranking: Ranking) -> str:
    return _("calcul du site, édition %(name)s") % {"name": ranking.edition.name}


def _weighed(ranking: Ranking) -> list[int]:
    """Positions of the criteria that weigh, by pillar then by weight."""
    order = [pillar.id for pillar in PILLARS]
    columns = [at for at in range(len(ranking.used)) if ranking.weights[at] > 0]
    return sorted(columns, key=lambda at: (order.index(ranking.used[at].pillar), -ranking.weights[at]))


def _criterion_row(ranking: Ranking, basins: Sequence[RankedBasin], column: int) -> CompareRow:
    told = [ranking.contribution(one.index, column) for one in basins]
    most = number(100 * float(ranking.weights[column]), 1)
    return CompareRow(
        label=told[0].label,
        unit=_("points sur %(most)s") % {"most": most},
        decimals=1,
        better="more",
        cells=tuple(CompareCell(one.contribution, one.status, _measured(one)) for one in told),
        national=Signed(float(np.median(ranking.points[:, column])), "", 1),
        source=ranking.assessment.place(basins[0].index, column).source,
    )


def _measured(one: Contribution) -> str:
    """The value measured, with its sign and unit, or why there is none."""
    if one.value is None:
        return status_label(one.status)
    sign = STATUS_SIGNS.get(one.status, "")
    return f"{sign} {with_unit(number(one.value, one.decimals), one.unit)}".strip()


def pillar_figure(facts: Facts, ranking: Ranking, codes: Sequence[str]) -> Figure:
    """Return the points of each pillar as dots, one shape a basin, over the median of all basins."""
    basins = [ranking.basin(code) for code in codes]
    index = ranking.assessment.pillar_index
    kept = [(at, one) for at, one in enumerate(PILLARS) if ranking.weights[index == at].sum() > 0]
    points = [[float(ranking.points[one.index][index == at].sum()) for one in basins] for at, _pillar in kept]
    medians = [float(np.median(ranking.points[:, index == at].sum(axis=1))) for at, _pillar in kept]
    most = [100 * float(ranking.weights[index == at].sum()) for at, _pillar in kept]
    labels = [
        titled(str(pillar.label), _("sur %(most)s points") % {"most": number(one, 0)})
        for (_at, pillar), one in zip(kept, most, strict=True)
    ]
    names = [one.zone.name for one in basins]
    columns = [
        Column(_("Pilier")),
        *(Column(name, decimals=1, is_french=True) for name in names),
        Column(_("Médiane des bassins"), decimals=1),
        Column(_("Au plus"), decimals=1),
    ]
    rows: list[list[Cell]] = [
        [str(pillar.label), *here, median, top]
        for (_at, pillar), here, median, top in zip(kept, points, medians, most, strict=True)
    ]
    table = Table("compare-pillars", _pillar_title(kept, points, names), columns, rows, status="estimated")
    key = apart([titled(mark, name) for mark, name in zip(compare_charts.mark_names(), names, strict=False)])
    return Figure(
        table,
        subtitle=_("Points que chaque pilier apporte au score. %(key)s ; trait : médiane des bassins.") % {"key": key},
        source=_edition(ranking),
        chart=partial(compare_charts.dots_of_basins, labels, points, names, medians, title=_("points")),
    )


def _pillar_title(kept: Sequence[tuple[int, object]], points: Sequence[Sequence[float]], names: Sequence[str]) -> str:
    """Where the points part the basins most."""
    spreads = [max(one) - min(one) for one in points]
    widest = int(np.argmax(spreads))
    pillar = PILLARS[kept[widest][0]]
    best, worst = int(np.argmax(points[widest])), int(np.argmin(points[widest]))
    if best == worst:
        return _("Ce que chaque pilier apporte au score")
    values = {
        "pillar": str(pillar.label),
        "best": names[best],
        "gap": number(spreads[widest], 1),
        "worst": names[worst],
    }
    return _("« %(pillar)s » les sépare le plus : %(best)s y a %(gap)s points de plus que %(worst)s") % values
