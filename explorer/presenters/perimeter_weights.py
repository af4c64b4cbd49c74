"""What weighs each basin in the score of a perimeter: its private jobs there where they are known, else its people."""

from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter_jobs import last_jobs
from explorer.presenters.perimeter_score import weighting_sentence


def weights_by_jobs(inside: PerimeterInside) -> dict[str, float]:
    """Return the private jobs of the perimeter in each zone; empty where those of a zone are not known, or all are 0.

    A zone whose jobs are known to be none weighs none: the score is that of where the jobs are.
    """
    jobs = last_jobs(inside.jobs)
    is_whole = all(one.code in jobs for one in inside.zones)
    return {zone: float(count) for zone, count in jobs.items()} if is_whole and any(jobs.values()) else {}


def weighting(inside: PerimeterInside) -> str:
    """Return how the zones are weighted in a score, and why."""
    return weighting_sentence(
        by_jobs=bool(weights_by_jobs(inside)), are_known=len(last_jobs(inside.jobs)) == len(inside.zones)
    )


def zone_weights(inside: PerimeterInside) -> dict[str, float]:
    """Return what weighs each zone in a score: private jobs, else people, else communes where nobody lives."""
    people = {one.code: float(one.population_inside) for one in inside.zones}
    communes = {one.code: float(one.commune_count) for one in inside.zones}
    return weights_by_jobs(inside) or (people if any(people.values()) else communes)
