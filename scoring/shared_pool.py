"""Near basins that are all at the head of the ranking of one activity, and the hands that they would share.

No file at hand says who works where: commuting between communes is published by Insee (census, "mobilités
professionnelles") and not held. Centres near enough for a daily journey stand for it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from measures.complementarity import near_sets
from scoring.cells import FloatArray
from scoring.complementarity import Answer
from scoring.criteria.skills import needed_families
from scoring.facts import Facts
from scoring.group_shares import step_shares
from scoring.ranking import Ranking

# The head of a ranking, and how far apart centres still share workers, as the crow flies: judgement.
HEAD = 20
POOL_KM = 40.0
POOLS_KEPT = 64
# Groups whose steps are looked at for alerts on a chain.
GROUPS_READ = 20


@dataclass(frozen=True)
class SharedPool:
    """Near basins at the head of one ranking, best first, and the jobs of the needed occupations that they hold.

    `pool` counts each job once; `posts` are those that one project in each basin would fill, `posts_alone` those of a
    single one. `scarcest` is the needed family with the fewest jobs in place per post, of those with a post or more.
    """

    step: int
    members: tuple[int, ...]
    ranks: tuple[int, ...]
    farthest_km: float
    pool: float
    pool_low: float
    pool_high: float
    posts: float
    posts_alone: float
    scarcest: str
    scarcest_jobs: float
    scarcest_posts: float

    @property
    def jobs_per_post(self) -> float:
        return self.pool / self.posts


def shared_pools(answer: Answer) -> tuple[SharedPool, ...]:
    """Return the alerts of every step of a question, largest first within a step."""
    return tuple(one for step, ranking in enumerate(answer.rankings) for one in _pools(answer.facts, ranking, step))


def concerning(answer: Answer) -> tuple[SharedPool, ...]:
    """Return the alerts that concern what was asked, in the order of `shared_pools`."""
    return tuple(one for one in shared_pools(answer) if concerns(answer, one))


def concerns(answer: Answer, pool: SharedPool) -> bool:
    """Whether an alert is about the basin or the region asked, or for a chain about a basin that a group gives it."""
    basin, region = answer.question.basin, answer.question.first.region
    codes = [answer.zone(one).code for one in pool.members]
    if basin:
        return basin in codes
    if region and not any(region in answer.zone(one).region_codes for one in pool.members):
        return False
    if not answer.question.is_chain:
        return True
    doers = {step_shares(answer, one)[pool.step].index for one in answer.groups[:GROUPS_READ]}
    return not doers.isdisjoint(pool.members)


@lru_cache(maxsize=POOLS_KEPT)
def _pools(facts: Facts, ranking: Ranking, step: int) -> tuple[SharedPool, ...]:
    head = [index for index in np.argsort(-ranking.score, kind="stable") if 0 < ranking.rank[index] <= HEAD]
    distance = facts.distance_km[np.ix_(head, head)]
    is_near = (distance <= POOL_KM) & ~np.eye(len(head), dtype=bool)
    found = [_pool(facts, ranking, step, tuple(int(head[place]) for place in group)) for group in near_sets(is_near)]
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.ranks)))


def _pool(facts: Facts, ranking: Ranking, step: int, members: tuple[int, ...]) -> SharedPool:
    shares, columns = needed_families(facts, ranking.profile)
    where = np.ix_(list(members), columns)
    jobs, error = facts.occupations.jobs[where], facts.occupations.error_share[where]
    posts = ranking.profile.jobs * len(members)
    by_family: FloatArray = np.nansum(jobs, axis=0)
    per_post = np.where(posts * shares >= 1, by_family / (posts * shares), np.inf)
    # A project too small for a whole post in any family is read on the one it needs most.
    scarcest = int(per_post.argmin() if np.isfinite(per_post).any() else shares.argmax())
    distance = facts.distance_km[np.ix_(list(members), list(members))]
    return SharedPool(
        step=step,
        members=members,
        ranks=tuple(int(ranking.rank[one]) for one in members),
        farthest_km=float(distance.max()),
        pool=float(np.nansum(jobs)),
        pool_low=float(np.nansum(jobs / (1 + error))),
        pool_high=float(np.nansum(jobs * (1 + error))),
        posts=float(posts),
        posts_alone=float(ranking.profile.jobs),
        scarcest=facts.occupations.labels.get(facts.occupations.codes[columns[scarcest]], ""),
        scarcest_jobs=float(by_family[scarcest]),
        scarcest_posts=float(posts * shares[scarcest]),
    )
