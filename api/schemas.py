"""The shapes of the answers, as the OpenAPI document publishes them."""

from typing import Literal

from ninja import Field, Schema

Status = Literal["observed", "estimated", "suppressed", "missing", "absent"]


class Problem(Schema):
    """What is wrong, as RFC 9457 says it."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    detail: str = Field(description="A sentence: what was wrong and what is accepted.")
    instance: str = Field(description="The address asked.")
    parameter: str | None = Field(None, description="The parameter at fault.")
    suggestions: list[dict[str, str]] = Field([], description="Codes near the one asked, as {code, label}.")


class Health(Schema):
    """Whether the service answers."""

    status: Literal["ok", "degraded"]
    edition: str | None = Field(description="Name of the edition on show.", examples=["2026.1"])
    database: Literal["ok", "down"]
    version: str


class BasinCard(Schema):
    """An employment zone (INSEE 2020)."""

    code: str = Field(examples=["2716"])
    name: str
    population: int
    jobs: int | None = Field(description="Salaried jobs, private and public; null when unknown.")
    regions: list[str] = Field(description="INSEE codes of its regions.", examples=[["27"]])
    bbox: list[float] = Field(description="West, south, east, north in EPSG:4326.", min_length=4, max_length=4)


class BasinName(Schema):
    """A basin named."""

    code: str
    name: str


class CommuneName(Schema):
    """A commune named."""

    code: str = Field(description="INSEE code.")
    name: str


class FormerName(Schema):
    """A code and a name that a commune bore together and no longer does."""

    code: str = Field(description="INSEE code; that of the commune today where only the name changed.")
    name: str = Field(examples=["Morez"])
    until: str | None = Field(description="Day from which no commune bears them, YYYY-MM-DD.")


class FormerCommune(FormerName):
    """A commune of the past that the words asked name, where it is today."""

    commune: CommuneName = Field(description="The commune that holds its land today.")
    basin: BasinName


class BasinList(Schema):
    """Basins of a page; `count` is the length of the whole list."""

    count: int
    former_communes: list[FormerCommune] = Field(
        description="Communes found by a name or code of the past, best first; empty without `q`."
    )
    results: list[BasinCard]


class Indicator(Schema):
    """One measured thing of a basin."""

    id: str = Field(examples=["living.rent_house"])
    label: str
    value: float | None
    unit: str
    status: Status
    grain: str = Field(description="Geography of the source.")
    vintage: str
    source: str
    national_rank: int | None
    percentile: float | None = Field(description="Share of basins below, 0-100.")


class Basin(BasinCard):
    """A basin and its indicators."""

    indicators: list[Indicator]


class Activity(Schema):
    """A sector of NAF rev. 2."""

    code: str = Field(examples=["32.50B"])
    label: str
    level: Literal["a17", "a38", "section", "division", "group", "class", "subclass"]
    parent: str | None = Field(description="Code of the sector above.")


class ActivityList(Schema):
    """Activities of a page, best match first when words are given."""

    count: int
    results: list[Activity]


class Occupation(Schema):
    """A family of occupations (FAP) that the activity hires."""

    code: str = Field(examples=["D1Z"])
    label: str
    share: float = Field(description="Share of hires, 0-1.")
    is_scored: bool = Field(description="Whether the score looks for it; else shown as support.")
    level: str


class Requirement(Schema):
    """A condition that the activity sets on a place."""

    requirement: str
    kind: Literal["must", "should", "to_verify"]
    label: str
    sentence: str
    can_apply: bool = Field(description="Whether `require` can apply it: data at hand settle it.")
    verify_with: str = Field(description="Whom to ask where no data settles it; else empty.")


class ActivityProfile(Activity):
    """What an activity needs."""

    basis: str = Field(description="Level where the hires come from.")
    hires: float = Field(description="Hires counted there.")
    is_fragile: bool = Field(description="Fewer than 100 hires.")
    is_estimated: bool = Field(description="No hire of its own: the occupations are those of the level above.")
    evidence: dict[str, Literal["public", "expert"]] = Field(
        description="What the defaults of jobs, hectares, mw and modes rest on: a public figure or expert judgement."
    )
    occupations: list[Occupation]
    jobs: float
    hectares: float
    mw: float
    modes: dict[str, float] = Field(description="Share of each mode, 0-1.")
    requirements: list[Requirement]


class Chain(Schema):
    """A value chain: our grouping of activities, a judgement."""

    id: str = Field(examples=["precious"])
    label: str


class BasinActivity(Schema):
    """An activity seen from one basin; an interval is null only when `intervals_complete` is false."""

    activity: Activity
    score: float = Field(description="0-100: the score of the ranking.")
    advantage: float = Field(description="Share of basins that rank below for this activity, 0-100.")
    rank_among_basins: int
    rank_median: int | None = Field(description="Median rank over 200 scenarios of errors times 50 weightings.")
    rank_p05: int | None = Field(description="Nine draws in ten place the basin between this rank and `rank_p95`.")
    rank_p95: int | None
    distance: Literal["present", "near", "far", "unknown"] = Field(
        description="From what the basin already does: there, akin to it, neither, or jobs not known."
    )
    chain: Chain | None = Field(description="Null for an activity of several value chains.")
    unmet: list[str] = Field(description="Requirements, must, that the basin is known not to meet.")


class BasinActivityList(Schema):
    """Activities of a page, best rank first."""

    count: int
    intervals_complete: bool = Field(description="Whether every interval is drawn; else ask again for the rest.")
    results: list[BasinActivity]


class Outcome(Schema):
    """How a basin is doing: never part of the distance between basins."""

    id: str = Field(examples=["living.unemployment_pct"])
    label: str
    value: float | None
    unit: str
    status: Status


class Trait(Schema):
    """A trait in the basin asked (`here`) and in its peer (`there`)."""

    trait: str = Field(examples=["industrial_share"])
    label: str
    part: str | None = Field(description="The part of a whole that tells most; null for a plain number.")
    unit: str
    here: float | None
    here_status: Status
    there: float | None
    there_status: Status
    gap: float = Field(description="1 where two basins usually are, 3 at most.")
    share: float = Field(description="Its part in the square of the distance, 0-1.")


class Peer(Schema):
    """A basin that resembles another."""

    rank: int
    basin: BasinName
    distance: float = Field(description="0 the same, 1 as two basins taken at random.")
    covered: float = Field(description="Share of the weight known in both, 0-1.")
    alike: list[Trait]
    unlike: list[Trait]
    outcomes: list[Outcome]


class PeerList(Schema):
    """The basins that resemble one, nearest first; `count` counts those that could be compared."""

    basin: BasinName
    purpose: Literal["overall", "industry", "skills", "living", "access"]
    weights: dict[str, float] = Field(description="Weight of each trait, percent: expert judgement.")
    reviewed: str = Field(description="When traits and weights were last reviewed.")
    exclude_region: bool
    nearest: float | None = Field(description="Distance to the nearest basin of all.")
    usual_nearest: float = Field(description="Median over basins of the distance to their nearest.")
    outcomes: list[Outcome]
    count: int
    results: list[Peer]


class Contribution(Schema):
    """What one criterion brings to the score of one basin."""

    criterion: str = Field(examples=["skills.quotient"])
    pillar: str = Field(examples=["skills"])
    value: float | None = Field(description="In `unit`; null when suppressed, missing or absent.")
    unit: str
    status: Status
    normalised: float = Field(description="0-1; one half when the value is suppressed or missing.")
    weight: float = Field(description="Percent of the whole; contribution = weight x normalised.")
    contribution: float = Field(description="Points of the score; they sum to it (arithmetic).")
    sentence: str


class Veto(Schema):
    """An applied requirement that a basin fails."""

    requirement: str
    sentence: str


class RankedBasin(Schema):
    """A row of the ranking; rank and the interval fields are null under a veto."""

    rank: int | None = Field(description="Among all basins, whatever the filter.")
    rank_in_filter: int | None
    basin: BasinName
    score: float = Field(description="0-100, middle of its bounds.")
    score_low: float
    score_high: float
    rank_median: float | None = Field(description="Median national rank of 10,000 draws of errors and weights.")
    rank_p05: float | None
    rank_p95: float | None
    p_top10: float | None = Field(description="Share of draws among the first ten, 0-1.")
    p_top20: float | None
    coverage: float = Field(description="Share of the weight that rests on known values, 0-1.")
    p_before_next: float | None = Field(description="Share of draws before the next basin of the list, 0-1.")
    tied_with_next: bool | None = Field(description="Whether that share is under 0.75; null for the last of the list.")
    vetoes: list[Veto]
    contributions: list[Contribution]


class Ranking(Schema):
    """The basins ranked for an activity; `count` counts those of the filter."""

    activity: Activity
    edition: str
    grain: str = Field(description="Finest grain of the local jobs used.", examples=["a38", "subclass", "mixed"])
    weights: dict[str, float] = Field(description="Chosen weights, percent of the whole, by pillar and criterion.")
    used_weights: dict[str, float] = Field(
        description="The same once the activity moved some: merged branch, grid that the project does not need."
    )
    effective_weights: dict[str, float] = Field(
        description="Percent of what separates basins: the same, seen in effect."
    )
    count: int
    results: list[RankedBasin]
