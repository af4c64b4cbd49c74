"""How sure a rank is: one draw replayed by hand, then all ten thousand counted again for one basin."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import number
from measures.robustness import EQUAL, arithmetic_scores, scenario_cells, weight_draws
from scoring.definitions import FAMILIES
from scoring.ranking import Ranking
from scoring.robustness import CONCENTRATION, DRAWS, SCENARIOS, TIE, edition_positions, edition_seed

# Places in the list of ranks drawn: each of the first ten, then wider and wider.
CLASSES = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, 20), (21, 50), (51, 100), (101, 10_000))


def examples(case: Case) -> Sequence[Checked]:
    """Replay one draw, then recount the interval of the rank."""
    if not case.ranking.is_eligible[case.index]:
        return ()
    return [_one_draw(case), *_interval(case), *_before_next(case)]


def _drawn(ranking: Ranking) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells (s, n, k) and the weights (d, k) drawn for a ranking: those of its edition."""
    facts, order = ranking.facts, list(FAMILIES)
    families = np.array([order.index(one.family) for one in ranking.used])
    positions = edition_positions(facts.edition.content_hash, len(facts.zones))
    cells = scenario_cells(ranking.assessment.low, ranking.assessment.high, families, positions)
    seed = edition_seed(facts.edition.content_hash) + 1
    return cells, weight_draws(seed, ranking.weights, draws=DRAWS, concentration=CONCENTRATION)


def _one_draw(case: Case) -> Checked:
    ranking, facts, index = case.ranking, case.facts, case.index
    positions = edition_positions(facts.edition.content_hash, len(facts.zones))[0, index].tolist()
    drawn = weight_draws(
        edition_seed(facts.edition.content_hash) + 1, ranking.weights, draws=DRAWS, concentration=CONCENTRATION
    )[0].tolist()
    low, high = (part[index].tolist() for part in (ranking.assessment.low, ranking.assessment.high))
    rows = []
    for one, weight, bottom, top in zip(ranking.used, drawn, low, high, strict=True):
        place = positions[list(FAMILIES).index(one.family)]
        rows.append((str(one.label), 100 * weight, bottom, top, place, bottom + place * (top - bottom)))
    score = math.fsum(row[1] * row[5] for row in rows)
    first = max(rows, key=lambda row: row[1] * (row[3] - row[2]))
    ranked = sorted(rows, key=lambda row: -row[1] * row[5])
    terms = [times(num(row[1], 2), num(row[5], 3)) for row in ranked[:3]]
    cell = f"{num(first[2], 3)} + {times(num(first[4], 3), f'({num(first[3], 3)} - {num(first[2], 3)})')}"
    steps = [
        Step(_("Note tirée : %(label)s") % {"label": first[0]}, about(cell, first[5], 3)),
        Step(_("Score de ce tirage"), about(sum_of(terms, len(rows)), score, 2)),
    ]
    columns = (
        Column(_("Critère")),
        Column(_("Poids tiré"), "", 2),
        Column(_("Note basse"), "", 3),
        Column(_("Note haute"), "", 3),
        Column(_("Position tirée"), "", 3),
        Column(_("Note tirée"), "", 3),
    )
    table = Table("tirage", _("Le premier tirage : premier scénario d'erreurs, premiers poids"), columns, rows)
    cells, weights = _drawn(ranking)
    engine = arithmetic_scores(cells[:1, [index]], weights[:1].astype(np.float32))
    return Checked(
        _("Un tirage sur 10 000"), Example(score, steps, table), 100 * float(engine[0, 0, 0]), 2, _("points")
    )


@lru_cache(maxsize=64)
def drawn_ranks(ranking: Ranking, index: int) -> tuple[int, ...]:
    """Return the ranks that the draws give to a basin, in increasing order: those ahead are counted, draw by draw."""
    cells, weights = _drawn(ranking)
    eligible = np.flatnonzero(ranking.is_eligible)
    place = int(np.searchsorted(eligible, index))
    ahead = []
    for scenario in cells:
        scores = weights @ scenario[eligible].astype(np.float64).T
        ahead.append((scores > scores[:, [place]]).sum(axis=1) + 1)
    return tuple(sorted(np.concatenate(ahead).tolist()))


def _interval(case: Case) -> list[Checked]:
    ranks, spread = drawn_ranks(case.ranking, case.index), case.ranking.robustness.spread
    rows: list[Sequence[Cell]] = []
    for first, last in CLASSES:
        count = sum(first <= rank <= last for rank in ranks)
        label = (
            number(first, 0)
            if first == last
            else _("%(first)s à %(last)s") % {"first": first, "last": min(last, len(case.facts.zones))}
        )
        rows.append((label, count, 100 * count / len(ranks)))
    columns = (Column(_("Rang tiré")), Column(_("Tirages"), "", 0), Column(_("Part"), "%", 1))
    table = Table("rangs", _("Les rangs que les tirages donnent au bassin"), columns, rows)
    found = []
    for share, label, engine in (
        (0.05, _("Rang P5"), spread.p05),
        (0.5, _("Rang médian"), spread.median),
        (0.95, _("Rang P95"), spread.p95),
    ):
        place = math.ceil(share * len(ranks))
        words = {"place": number(place, 0), "count": number(len(ranks), 0)}
        step = Step(
            _("Rangs en ordre croissant : le %(place)se des %(count)s") % words, equals("r", num(ranks[place - 1]))
        )
        example = Example(float(ranks[place - 1]), [step], table if share == 0.95 else None)
        found.append(Checked(label, example, float(engine[case.index]), 0))
    top = 100 * sum(rank <= 10 for rank in ranks) / len(ranks)
    tex = about(rf"100 \times \frac{{{num(sum(rank <= 10 for rank in ranks))}}}{{{num(len(ranks))}}}", top, 1)
    example = Example(top, [Step(_("Tirages où il est parmi les dix premiers"), tex)])
    found.append(
        Checked(_("Part des tirages dans les 10 premiers"), example, 100 * float(spread.top10[case.index]), 1, "%")
    )
    return found


def _before_next(case: Case) -> list[Checked]:
    """Count the draws where the basin comes before the next of the list, errors as drawn then exchanged."""
    ranking, index = case.ranking, case.index
    following = np.flatnonzero(ranking.rank == ranking.rank[index] + 1).tolist()
    if not following:
        return []
    wins = halves = 0
    weights = _drawn(ranking)[1]
    for own, other in ((0, 1), (1, 0)):
        here, there = (
            _cells_of(case, zone, (index, following[0])[place])
            for zone, place in ((index, own), (following[0], other))
        )
        lead = (here - there) @ weights.T
        wins += int((lead > EQUAL).sum())
        halves += int((abs(lead) <= EQUAL).sum())
    total = 2 * SCENARIOS * DRAWS
    share = (wins + halves / 2) / total
    tex = frac(f"{num(wins)} + {frac(num(halves), '2')}" if halves else num(wins), num(total))
    name = case.facts.zones[following[0]].name
    said = (
        _("Égalité : la probabilité est sous 0,75")
        if share < TIE
        else _("Pas d'égalité : la probabilité atteint 0,75")
    )
    example = Example(share, [Step(said, about(equals("P", tex), share, 3))])
    label = _("Probabilité de passer devant %(name)s, suivant de la liste") % {"name": name}
    return [Checked(label, example, ranking.robustness.p_before(index, following[0]), 3)]


def _cells_of(case: Case, zone: int, errors_of: int) -> np.ndarray:
    """Return the cells (s, k) of a basin under the errors drawn for another, or for itself."""
    assessment, order = case.ranking.assessment, list(FAMILIES)
    families = [order.index(one.family) for one in case.ranking.used]
    positions = edition_positions(case.facts.edition.content_hash, len(case.facts.zones))[:, errors_of][:, families]
    low, high = assessment.low[zone], assessment.high[zone]
    return np.asarray(low + positions * (high - low))


def _title() -> str:
    return _("La sûreté d'un rang")


def _symbols() -> Mapping[str, str]:
    return {
        "u_f": _("position tirée de la famille de données f dans le bassin, uniforme entre 0 et 1"),
        "w": _("poids tirés, de moyenne les poids choisis"),
        r"\sigma_c": _("écart-type du poids tiré d'un critère"),
        "P": _("part des tirages où A passe devant B ; une égalité compte pour moitié"),
    }


def _words() -> Mapping[str, str]:
    return {
        "scenarios": number(SCENARIOS, 0),
        "draws": number(DRAWS, 0),
        "total": number(SCENARIOS * DRAWS, 0),
        "tie": number(TIE, 2),
    }


TOPIC = Topic(
    "robustesse",
    _title,
    "explorer/_method_robustness.html",
    (
        r"n_c = n_c^{-} + u_{f} \left(n_c^{+} - n_c^{-}\right)",
        r"w \sim \text{Dirichlet}\left(100 \, w_c\right)",
        r"\sigma_c = \sqrt{\frac{w_c \left(1 - w_c\right)}{101}}",
        r"P\left(A \,;\, B\right) < 0.75 \Rightarrow A \approx B",
    ),
    _symbols,
    examples,
    _words,
)
