"""The shapes of gaps and what-ifs, as the OpenAPI document publishes them."""

from typing import Annotated, Literal

from ninja import Field, Schema

from api.parameters import ACTIVITY_CODE, BASIN_CODE
from api.schemas import Activity, BasinName
from scoring.definitions import criteria
from scoring.nomenclature import LEVELS
from scoring.question import LARGEST_AMOUNT, LARGEST_WEIGHT, MODES, weight_keys
from scoring.requirements import requirements


class Standing(Schema):
    """Where a basin stands in the ranking."""

    score: float = Field(description="0-100.")
    score_low: float
    score_high: float
    rank: int | None = Field(description="National rank; null under a veto.")
    rank_p05: float | None = Field(description="Rank that 5 % of the draws do better than; null where not computed.")
    rank_p95: float | None


class CriterionChange(Schema):
    """A criterion before and after a change; `after` equals `before` where nothing was asked of it."""

    criterion: str = Field(examples=["skills.training"])
    unit: str
    before: float | None
    after: float
    points: float = Field(description="Points that the change brings to the score; negative where it costs.")


class Proposal(Schema):
    """A change proposed, the most points for its effort first."""

    lever: str = Field(description="Criterion whose lever it is; the key of `effort`.", examples=["land.sites"])
    action: str
    who: Literal["members", "firms", "state"]
    amount: float = Field(description="How much, in `unit`.")
    unit: str
    effort: float
    points: float
    values: dict[str, float] = Field(description="Value of each criterion moved, to be given to what-if.")
    score: float = Field(description="Score once this proposal and those before are done.")
    rank: int | None


class LeverAlone(Schema):
    """A lever by itself: what would reach the target, null when its most falls short."""

    lever: str
    unit: str
    amount: float | None
    effort: float | None
    most: float = Field(description="The most that is plausible within the horizon, in `unit`.")
    most_points: float


class OutOfReach(Schema):
    """A criterion that cannot be moved here, and why."""

    criterion: str
    who: Literal["members", "firms", "state", "nobody"]
    sentence: str
    value: float | None
    unit: str
    points_lost: float
    needed: float | None = Field(description="Value that would reach the target alone; null when none would.")


class Gap(Schema):
    """What must change for a basin to reach a target, at the least effort."""

    activity: Activity
    basin: BasinName
    edition: str
    target: str = Field(examples=["top20", "score60"])
    status: Literal["already", "reached", "short", "vetoed"] = Field(
        description="reached: the proposals do it; short: all levers fall short, the proposals bring nine tenths."
    )
    sentence: str
    horizon_years: int
    points_needed: float = Field(description="Nil or negative when the target is reached already.")
    most_points: float = Field(description="What all levers pushed to their end would bring.")
    effort: float
    efforts: dict[str, float] = Field(description="Points of effort of one unit of each lever, as used.")
    before: Standing
    after: Standing | None
    proposals: list[Proposal]
    levers_alone: list[LeverAlone]
    out_of_reach: list[OutOfReach]


class WhatIfQuestion(Schema):
    """What would become of a basin with other values; members other than the first three are those of a ranking."""

    model_config = {"extra": "forbid"}

    activity: str = Field(description="NAF rev. 2 code.", examples=["32.50B"], pattern=ACTIVITY_CODE)
    basin: str = Field(description="Code of an employment zone.", examples=["2716"], pattern=BASIN_CODE)
    changes: dict[str, float] = Field(
        description="New value of each criterion changed, in its unit, among those that some basin could have.",
        examples=[{"skills.training": 0.8}],
        min_length=1,
        json_schema_extra={"propertyNames": {"enum": [one.id for one in criteria()]}},
    )
    weights: dict[str, Annotated[float, Field(ge=0, le=LARGEST_WEIGHT)]] = Field(
        {},
        description="As `weights` of rankings.",
        examples=[{"skills": 40}],
        json_schema_extra={"propertyNames": {"enum": list(weight_keys())}},
    )
    keep_margins: bool = Field(False, description="Keep the margin of today's estimates; else new values are exact.")
    level: Literal[LEVELS] | None = None
    jobs: Annotated[float, Field(ge=1, le=LARGEST_AMOUNT["jobs"])] | None = None
    hectares: Annotated[float, Field(ge=0, le=LARGEST_AMOUNT["hectares"])] | None = None
    mw: Annotated[float, Field(ge=0, le=LARGEST_AMOUNT["mw"])] | None = None
    modes: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        {}, json_schema_extra={"propertyNames": {"enum": list(MODES)}}
    )
    require: list[Literal[tuple(one.id for one in requirements())]] = []
    normalisation: Literal["bounds", "percentile", "zscore"] = "bounds"
    aggregation: Literal["arithmetic", "geometric"] = "arithmetic"


class WhatIf(Schema):
    """Before and after; the other basins and the scales of the criteria do not move."""

    activity: Activity
    basin: BasinName
    edition: str
    before: Standing
    after: Standing
    changes: list[CriterionChange]
