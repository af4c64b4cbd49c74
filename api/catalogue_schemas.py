"""The shapes of what the interface lists: indicators, criteria, communes, perimeters, sources."""

from typing import Literal

from ninja import Field, Schema

from api.schemas import BasinName, FormerName, Status

Kind = Literal["industry_territory", "epci", "department", "region"]


class IndicatorCard(Schema):
    """What an indicator measures, how it is made, and of how many basins each status is."""

    id: str = Field(examples=["living.rent_house"])
    group: str = Field(examples=["living"])
    label: str
    unit: str
    decimals: int = Field(description="Decimals worth showing.")
    better: Literal["more", "less", "none"] = Field(description="The favourable end; ranks count from it.")
    grain: str = Field(description="Geography of the source.")
    vintage: str
    method: str
    why: str
    sources: list[str] = Field(description="Slugs of its sources; the first is the one whose release it carries.")
    reviewed: str = Field(description="When its definition was last reviewed, YYYY-MM-DD.")
    counts: dict[str, int] = Field(description="Basins by status; missing and suppressed are never zero.")


class IndicatorList(Schema):
    """Indicators of a page."""

    count: int
    results: list[IndicatorCard]


class IndicatorValue(Schema):
    """An indicator in one basin."""

    basin: BasinName
    value: float | None = Field(description="In the unit of the indicator; null when `status` says why.")
    status: Status
    national_rank: int | None
    percentile: float | None = Field(description="Share of basins below, 0-100.")


class IndicatorValues(Schema):
    """An indicator in the basins of a page, in the order of their codes."""

    indicator: IndicatorCard
    edition: str
    count: int
    results: list[IndicatorValue]


class CriterionCard(Schema):
    """A criterion of the score: its id is a key of `weights` and of `changes`."""

    id: str = Field(examples=["skills.quotient"])
    pillar: str = Field(examples=["skills"])
    pillar_label: str
    label: str
    unit: str
    direction: Literal["more", "less"]
    scale: Literal["linear", "log", "saturating"]
    bounds_rule: Literal["quantiles", "fixed"]
    bounds: list[float] = Field(description="Quantiles (0-1) or values, by `bounds_rule`.", min_length=2, max_length=2)
    family: str = Field(description="Family of evidence.")
    default_weight: float = Field(description="Percent of the whole; 0 where no data of the edition feeds it.")
    kind: Literal["predictive", "preference", "to_test"] = Field(description="What the validation says of it.")
    why: str
    formula: str
    sources: list[str]
    author: str
    reviewed: str


class CriterionList(Schema):
    """Criteria of a page, by pillar then by weight."""

    count: int
    results: list[CriterionCard]


class CommuneCard(Schema):
    """A commune and the basin that it lies in."""

    code: str = Field(description="INSEE code.", examples=["39478"])
    name: str
    department: str
    population: int
    basin: BasinName
    former: FormerName | None = Field(description="Name and code of the past by which `q` found it, null otherwise.")


class CommuneList(Schema):
    """Communes of a page, best match first when words are given, else by code."""

    count: int
    results: list[CommuneCard]


class PerimeterCard(Schema):
    """A named set of communes."""

    kind: Kind
    code: str = Field(examples=["200065886"])
    name: str
    population: int
    commune_count: int


class PerimeterList(Schema):
    """Perimeters of a page, by kind then by name."""

    count: int
    results: list[PerimeterCard]


class PerimeterBasin(Schema):
    """The part of a basin that lies in a perimeter; shares are of people, 0-1."""

    basin: BasinName
    population_inside: int
    commune_count: int
    basin_share: float = Field(description="Of the people of the basin, those of the perimeter.")
    perimeter_share: float = Field(description="Of the people of the perimeter, those of the basin.")


class PerimeterMember(Schema):
    """A grouping or a commune that joined a Territoire d'industrie."""

    kind: Literal["EPCI", "EPT", "COM"]
    code: str = Field(description="SIREN, or INSEE code of a commune.")
    name: str


class Perimeter(PerimeterCard):
    """A perimeter, the basins that it lies over, the most populous part first, and its members."""

    bbox: list[float] = Field(description="West, south, east, north in EPSG:4326.", min_length=4, max_length=4)
    basins: list[PerimeterBasin]
    members: list[PerimeterMember] = Field(description="Of a Territoire d'industrie; empty for the other kinds.")


class SourceCard(Schema):
    """A data set that the edition is made of."""

    slug: str = Field(examples=["urssaf-zone-a38"])
    producer: str
    title: str
    licence: str
    page: str
    vintage: str
    part: str = Field(description="Territory covered, where it is published by parts; else empty.")
    note: str = Field(description="Known limits.")
    rows: int
    rejected: int


class SourceList(Schema):
    """Sources of a page, by producer, and the edition made of them."""

    edition: str
    content_hash: str = Field(description="Two answers of the same hash have the same figures.")
    count: int
    results: list[SourceCard]


class PairRow(Schema):
    """A basin against each other basin of the page, in the order of `results`."""

    rank: int
    basin: BasinName
    score: float
    p_before: list[float | None] = Field(
        description="Share of draws in which it comes before the basin of each place in `results`; null for itself."
    )


class RankingPairs(Schema):
    """How surely each basin of a page of a ranking comes before each other; vetoed basins are left out."""

    edition: str
    activity: str
    level: str
    draws: int = Field(description="Scenarios of errors times weightings.")
    count: int = Field(description="Basins of the ranking that have a rank.")
    results: list[PairRow]
