"""The address on groups of basins that complete each other: its parameters, shapes and answer."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from api import parameters, presenters, schemas
from api.pagination import MOST_GROUPS, PAGE_PARAMETERS, Page
from api.questions import requirements_named
from scoring import service
from scoring.complementarity import Answer, Group, complementarity
from scoring.group_certainty import better_together
from scoring.group_question import (
    API_NAMES,
    FARTHEST_KM,
    FEWEST_STEPS,
    MOST_STEPS,
    NEAREST_KM,
    SIZES,
    USUAL_KM,
    parse_group_question,
)
from scoring.group_shares import member_shares, step_shares, unmet
from scoring.shared_pool import SharedPool, concerning

router = Router()

OF_RANKINGS = {one["name"]: one for one in parameters.RANKINGS}
# Those that a chain refuses say so; those of the scale and of the sum have no meaning for a group.
SHARED = ("level", "weights", "preset", "region", "jobs", "hectares", "mw", "modes", "require")
COMPLEMENTARITY = [
    parameters.parameter(
        "activity", "NAF rev. 2 code, with or without the dot; this or `steps`.",
        example="27.20Z", pattern=parameters.ACTIVITY_CODE,
    ),
    parameters.parameter(
        "steps",
        f"A chain of {FEWEST_STEPS} to {MOST_STEPS} activities, code:role,…; this or `activity`.",
        example="25.62A:components,32.50B:assembly",
        pattern=r"^[0-9A-Za-z.]{1,6}(?::[^:,]{0,40})?(?:,[0-9A-Za-z.]{1,6}(?::[^:,]{0,40})?){1,5}$",
    ),
    *(OF_RANKINGS[name] for name in SHARED),
    parameters.parameter(
        "distance", "Most km between the centres of two members, as the crow flies.",
        type="number", minimum=NEAREST_KM, maximum=FARTHEST_KM, default=USUAL_KM,
    ),
    parameters.parameter("size", "Pairs (2) or triples (3); both by default.", enum=[str(one) for one in SIZES]),
    parameters.parameter(
        "basin", "Code of a basin that must be in the group.",
        example="2716", pattern=parameters.BASIN_CODE,
    ),
    parameters.limit("Most groups returned.", most=MOST_GROUPS),
    parameters.OFFSET,
    parameters.LANG,
]  # fmt: skip


class BroughtPoints(Schema):
    """A criterion by which a member lifts the group, or draws it down."""

    criterion: str = Field(examples=["land.sites"])
    rule: str = Field(description="best, pooled or added: how the group is read on it.")
    points: float


class GroupMember(Schema):
    """A member of a group."""

    basin: schemas.BasinName
    is_lead: bool = Field(description="The member with the best score alone.")
    score_alone: float
    points: float | None = Field(description="What it adds to the lead alone; 0 for the lead, null for a chain.")
    brought: list[BroughtPoints] = Field(
        description="From 0.2 points; for the lead, where it is above its partners. Empty for a chain."
    )
    steps: list[int] = Field(description="Positions, from 0, of the steps that it does; empty for one activity.")


class GroupDistance(Schema):
    """How far apart two members are."""

    basins: list[str] = Field(min_length=2, max_length=2)
    km: float


class BasinGroup(Schema):
    """Near basins that do better together than any part of the group."""

    score: float = Field(description="0-100.")
    score_alone: float = Field(description="Score of the lead alone.")
    gain: float
    margin: float = Field(description="Gain over the best smaller group within it.")
    p_better: float = Field(
        description="Share of the draws of errors and weights in which it beats its best member (a chain: by a point)."
    )
    rank_alone: int = Field(description="Rank that a basin alone would have with this score.")
    members: list[GroupMember]
    distances: list[GroupDistance]
    unmet: list[str] = Field(description="Requirements, must, that no member meets.")


class GroupStep(Schema):
    """A step asked about."""

    activity: schemas.Activity
    role: str


class SharedLabourPool(Schema):
    """Near basins all at the head of one ranking, and the hands they would share, counted once."""

    step: int
    basins: list[schemas.BasinName]
    ranks: list[int]
    farthest_km: float
    jobs_in_needed_occupations: float
    jobs_low: float
    jobs_high: float
    posts: float = Field(description="To fill if each hosted the project.")
    scarcest_occupation: str
    scarcest_jobs: float
    scarcest_posts: float


class Complementarity(Schema):
    """Groups of a page, best score first; `count` counts those with a real gain, among `considered`."""

    edition: str
    steps: list[GroupStep]
    distance: float
    count: int
    considered: int
    results: list[BasinGroup]
    shared_labour_pools: list[SharedLabourPool]


@router.get(
    "complementarity",
    response=Complementarity,
    summary="Near basins that cover the needs better together",
    openapi_extra=parameters.documented(COMPLEMENTARITY, 400, 404, 503),
)
def groups(request: HttpRequest) -> dict[str, Any]:
    """Pairs and triples for an activity or a chain of steps: what each member brings, and who shares whose workers."""
    params = parameters.read(request, COMPLEMENTARITY)
    facts = service.current_facts()
    with requirements_named(params):
        question = parse_group_question(facts, params, API_NAMES, also=(*PAGE_PARAMETERS, "lang"))
    page = Page.from_params(params, largest=MOST_GROUPS)
    answer = complementarity(facts, question)
    shown = page.of(answer.groups)
    shares = better_together(answer, shown)
    return {
        "edition": facts.edition.name,
        "steps": [
            {"activity": presenters.activity(ranking.sector), "role": one.name}
            for one, ranking in zip(question.steps, answer.rankings, strict=True)
        ],
        "distance": question.distance_km,
        "count": len(answer.groups),
        "considered": answer.considered,
        "results": [group(answer, one, share) for one, share in zip(shown, shares, strict=True)],
        "shared_labour_pools": [shared_pool(answer, one) for one in concerning(answer)],
    }


def group(answer: Answer, found: Group, share: float) -> dict[str, Any]:
    """Return a group with its members, lead first, and the share of the draws in which it does better."""
    return {
        "score": presenters.rounded(found.score),
        "score_alone": presenters.rounded(found.alone),
        "gain": presenters.rounded(found.gain),
        "margin": presenters.rounded(found.margin),
        "p_better": presenters.rounded(share),
        "rank_alone": answer.rank_alone(found.score),
        "members": chain_members(answer, found) if answer.question.is_chain else members(answer, found),
        "distances": [
            {"basins": [answer.zone(one).code, answer.zone(other).code], "km": presenters.rounded(km)}
            for one, other, km in answer.distances(found)
        ],
        "unmet": [one.requirement.id for one in unmet(answer, found)],
    }


def members(answer: Answer, found: Group) -> list[dict[str, Any]]:
    """Return what each member brings for one activity."""
    return [
        member(answer, found, share.index)
        | {
            "points": presenters.rounded(share.points),
            "brought": [
                {"criterion": one.criterion, "rule": one.rule, "points": presenters.rounded(one.points)}
                for one in share.brought
            ],
            "steps": [],
        }
        for share in member_shares(answer, found)
    ]


def chain_members(answer: Answer, found: Group) -> list[dict[str, Any]]:
    """Return the steps that each member does."""
    shares = step_shares(answer, found)
    return [
        member(answer, found, index)
        | {"points": None, "brought": [], "steps": [one.place for one in shares if one.index == index]}
        for index in sorted(found.members, key=lambda one: one != found.lead)
    ]


def member(answer: Answer, found: Group, index: int) -> dict[str, Any]:
    """Return who a member is."""
    return {
        "basin": name(answer, index),
        "is_lead": index == found.lead,
        "score_alone": presenters.rounded(answer.alone[index]),
    }


def name(answer: Answer, index: int) -> dict[str, str]:
    return {"code": answer.zone(index).code, "name": answer.zone(index).name}


def shared_pool(answer: Answer, pool: SharedPool) -> dict[str, Any]:
    """Return an alert on shared workers."""
    return {
        "step": pool.step,
        "basins": [name(answer, one) for one in pool.members],
        "ranks": list(pool.ranks),
        "farthest_km": presenters.rounded(pool.farthest_km),
        "jobs_in_needed_occupations": presenters.rounded(pool.pool),
        "jobs_low": presenters.rounded(pool.pool_low),
        "jobs_high": presenters.rounded(pool.pool_high),
        "posts": presenters.rounded(pool.posts),
        "scarcest_occupation": pool.scarcest,
        "scarcest_jobs": presenters.rounded(pool.scarcest_jobs),
        "scarcest_posts": presenters.rounded(pool.scarcest_posts),
    }
