"""Rank robustness against the least that NumPy could do, and against a loop over the library a user would take."""

import numpy as np
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM

from bench.protocol import Line, ratio
from measures.robustness import (
    arithmetic_scores,
    before_shares,
    error_positions,
    geometric_scores,
    rank_spread,
    scenario_cells,
    weight_draws,
)
from scoring.robustness import CONCENTRATION, DRAWS, SCENARIOS

ROWS, CRITERIA, FAMILIES, PILLARS = 306, 30, 7, 6
LIBRARY_DRAWS = 20


def measure() -> list[Line]:
    """Return ours with neighbouring pairs, then the geometric mean, over matmul and sort; then ours against pymcdm."""
    chance = np.random.default_rng(ROWS)
    middle, half = chance.random((ROWS, CRITERIA)), 0.1 * chance.random((ROWS, CRITERIA))
    low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    family_index, pillar_index = chance.integers(0, FAMILIES, CRITERIA), np.arange(CRITERIA) % PILLARS
    positions = error_positions(1, scenarios=SCENARIOS, rows=ROWS, families=FAMILIES)
    chosen = chance.dirichlet(np.ones(CRITERIA))
    weights = weight_draws(2, chosen, draws=DRAWS, concentration=CONCENTRATION)
    eligible = np.ones(ROWS, dtype=bool)
    cells = scenario_cells(low, high, family_index, positions)
    light = weights.astype(np.float32)
    neighbours = np.arange(ROWS - 1), np.arange(1, ROWS)
    wsm, types = WSM(), np.ones(CRITERIA)

    def ours() -> object:
        drawn = scenario_cells(low, high, family_index, positions)
        spread = rank_spread(drawn, weights, eligible)
        return spread, before_shares(low, high, family_index, positions, weights, neighbours)

    def geometric() -> object:
        drawn = scenario_cells(low, high, family_index, positions)
        return rank_spread(drawn, weights, eligible, score=geometric_scores(pillar_index, floor=0.01))

    def least() -> object:
        return np.sort(arithmetic_scores(cells, light), axis=-1)

    def a_few_of_ours() -> object:
        drawn = scenario_cells(low, high, family_index, positions[:1])
        return rank_spread(drawn, weights[:LIBRARY_DRAWS], eligible)

    # Twenty draws of ten thousand: both sides do the same number, ours without the profit of doing many at once.
    def library() -> object:
        table = cells[0].astype(float)
        return [rrankdata(wsm(table, row, types)) for row in weights[:LIBRARY_DRAWS]]

    return [
        ratio("robustesse, 10 000 tirages / produit et tri f32", ours, least, repeats=5, aim=12, detail="visé : 6"),
        ratio("robustesse géométrique / produit et tri f32", geometric, least, repeats=3, aim=78),
        ratio(
            "robustesse, 20 tirages, contre une boucle pymcdm",
            a_few_of_ours,
            library,
            repeats=5,
            aim=100,
            at_least=True,
        ),
    ]
