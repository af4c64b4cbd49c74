"""The reverse question: what fits a basin, among all 732 activities, under weights that no one asked before."""

import itertools
from collections.abc import Iterator

import numpy as np

from bench.protocol import Line, plain, ratio
from bench.rerank import HTMX, questions
from bench.site import Client, served, warmed
from scoring import service
from scoring.question import default_weights

ACTIVITIES, CRITERIA = 732, 21
ZONES = ("2716", "8425", "8409", "7517", "5206", "2710", "8426", "8414")


def measure() -> list[Line]:
    """Return the page over a re-rank, all scores over the least NumPy could do, and what the cells weigh."""
    with served(workers=1) as (port, _workers):
        warmed(port)
        lines = [against_rerank(port)]
    return [*lines, *all_scores()]


def addresses(seed: int) -> Iterator[str]:
    """Yield the pages of basins in turn under weights that no one asked before."""
    zones = itertools.cycle(ZONES)
    for question in questions(seed):
        yield f"/bassins/{next(zones)}/activites/?weights={question.partition('weights=')[2]}"


def against_rerank(port: int) -> Line:
    """Return the 95th percentile of the page, intervals drawn apart, over that of a re-rank of basins."""
    client, ours, reference = Client(port), addresses(1), questions(2)
    shown = {**HTMX, "HX-Target": "explorer-activities"}
    line = ratio(
        "question inverse, 732 activités, réponse HTML, p95 / reclasser",
        lambda: client.get(next(ours), shown),
        lambda: client.get(next(reference), HTMX),
        repeats=60,
        aim=2,
        share=0.95,
    )
    client.close()
    return line


def all_scores() -> list[Line]:
    """Return all 306 x 732 scores under given weights over one product in single precision of cells laid out flat."""
    facts = service.current_facts()
    cube, defaults = service.level_cube(facts, "subclass"), default_weights(facts.data_sets)
    chance = np.random.default_rng(0)
    flat = chance.random((ACTIVITIES * len(facts.zones), CRITERIA), dtype=np.float32)
    weights = chance.random(CRITERIA, dtype=np.float32)
    return [
        ratio(
            "306 x 732 scores, poids changés / produit f32",
            lambda: cube.scores({"skills": 40.0}, defaults),
            lambda: flat @ weights,
            repeats=40,
            aim=10,
        ),
        plain("cellules de 732 activités en mémoire", [cube.nbytes / 1e6], unit="Mo", aim=27),
    ]
