"""What the edition holds, as lists: the same figures as elsewhere, every row reached, refusals in words."""

from typing import Any

import numpy as np
import pytest
from django.test import Client
from pydantic import BaseModel

from api import catalogue_schemas
from basins.models import Commune, Perimeter
from scoring import service
from scoring.pairwise import before_matrix
from scoring.question import Question
from sources.models import Edition, Release

pytestmark = pytest.mark.django_db

PAIRS = "/api/v1/rankings/pairs?activity=32.50B"


def get(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("indicators?limit=1000", catalogue_schemas.IndicatorList),
        ("indicators/living.rent_house?limit=1000", catalogue_schemas.IndicatorValues),
        ("criteria", catalogue_schemas.CriterionList),
        ("sources", catalogue_schemas.SourceList),
        ("communes?q=Morez", catalogue_schemas.CommuneList),
        ("perimeters?limit=1000", catalogue_schemas.PerimeterList),
        ("perimeters/region/27", catalogue_schemas.Perimeter),
        ("perimeters/region/27/communes", catalogue_schemas.CommuneList),
        ("rankings/pairs?activity=32.50B&limit=4", catalogue_schemas.RankingPairs),
    ],
)
def test_every_answer_has_its_published_shape(client: Client, address: str, shape: type[BaseModel]) -> None:
    body = get(client, f"/api/v1/{address}")
    assert shape.model_validate(body, strict=True).model_dump() == body


def test_an_indicator_is_the_same_in_its_list_and_in_each_basin(client: Client) -> None:
    rows = get(client, "/api/v1/indicators/living.rent_house?limit=1000")
    assert rows["count"] == len(rows["results"]) == 306
    counts = dict.fromkeys(rows["indicator"]["counts"], 0)
    for row in rows["results"]:
        counts[row["status"]] += 1
        assert (row["value"] is None) == (row["status"] in ("suppressed", "missing", "absent"))
    assert counts == rows["indicator"]["counts"]
    for row in rows["results"][::100]:
        sheet = get(client, f"/api/v1/basins/{row['basin']['code']}")["indicators"]
        told = next(one for one in sheet if one["id"] == "living.rent_house")
        assert all(told[name] == row[name] for name in ("value", "status", "national_rank", "percentile"))


def test_a_region_filters_an_indicator_without_moving_its_ranks(client: Client) -> None:
    everywhere = get(client, "/api/v1/indicators/living.rent_house?limit=1000")["results"]
    corsica = get(client, "/api/v1/indicators/living.rent_house?region=94")["results"]
    assert corsica and corsica == [one for one in everywhere if one in corsica]


def test_criteria_are_the_keys_of_weights_and_their_weights_make_the_whole(client: Client) -> None:
    rows = get(client, "/api/v1/criteria")["results"]
    assert sum(one["default_weight"] for one in rows) == pytest.approx(100)
    for one in rows:
        assert client.get(f"/api/v1/rankings?activity=32.50B&weights={one['id']}:5&limit=1").status_code == 200


def test_sources_are_those_of_the_edition(client: Client) -> None:
    body, edition = get(client, "/api/v1/sources?limit=1000"), Edition.objects.current()
    assert body["content_hash"] == edition.content_hash
    assert body["count"] == Release.objects.filter(editions=edition).count()
    assert {one["slug"] for one in body["results"]} == set(
        Release.objects.filter(editions=edition).values_list("source", flat=True)
    )
    assert any("ODbL" in one["licence"] for one in body["results"])


def test_every_commune_is_reached_and_has_its_basin(client: Client) -> None:
    assert get(client, "/api/v1/communes?limit=1")["count"] == Commune.objects.count()
    inside = get(client, "/api/v1/communes?basin=2716&limit=1000")
    assert {one["basin"]["code"] for one in inside["results"]} == {"2716"}
    assert sum(one["population"] for one in inside["results"]) == get(client, "/api/v1/basins/2716")["population"]
    found = get(client, "/api/v1/communes?q=saint-claude&basin=2716")["results"][0]
    assert (found["name"], found["basin"]["code"]) == ("Saint-Claude", "2716")
    assert get(client, "/api/v1/communes?q=39478")["results"][0]["code"] == "39478"
    named = get(client, "/api/v1/communes?q=saint&basin=2716&limit=1000")["results"]
    assert named and all(one["basin"]["code"] == "2716" for one in named)


@pytest.mark.parametrize(
    ("asked", "code", "former"),
    [
        ("Morez", "39368", {"code": "39368", "name": "Morez", "until": "2016-01-01"}),
        ("SEYNOD", "74010", {"code": "74268", "name": "Seynod", "until": "2017-01-01"}),
        ("74268", "74010", {"code": "74268", "name": "Seynod", "until": "2017-01-01"}),
        ("Annecy", "74010", None),
    ],
)
def test_a_commune_is_found_by_what_it_was(
    client: Client, asked: str, code: str, former: dict[str, str] | None
) -> None:
    first = get(client, f"/api/v1/communes?q={asked}")["results"][0]
    assert (first["code"], first["former"]) == (code, former)


def test_a_perimeter_adds_up(client: Client) -> None:
    body = get(client, "/api/v1/perimeters/department/39")
    assert sum(one["population_inside"] for one in body["basins"]) == body["population"]
    assert sum(one["perimeter_share"] for one in body["basins"]) == pytest.approx(1)
    communes = get(client, "/api/v1/perimeters/department/39/communes?limit=1000")
    assert communes["count"] == body["commune_count"] == sum(one["commune_count"] for one in body["basins"])
    west, south, east, north = body["bbox"]
    assert west < east and south < north


def test_perimeters_are_found_by_kind_name_and_basin(client: Client) -> None:
    everything = get(client, "/api/v1/perimeters?limit=1000")
    assert everything["count"] == Perimeter.objects.count()
    departments = get(client, "/api/v1/perimeters?kind=department&limit=1000")["results"]
    assert {one["kind"] for one in departments} == {"department"} and len(departments) == 101
    assert [one["code"] for one in get(client, "/api/v1/perimeters?kind=department&q=JURA")["results"]] == ["39"]
    around = get(client, "/api/v1/perimeters?basin=2716")["results"]
    assert ("region", "27") in {(one["kind"], one["code"]) for one in around}
    members = get(client, "/api/v1/perimeters/industry_territory/ti-0101")["members"]
    assert members and all(one["code"] for one in members)


def test_pairs_are_complete_and_agree_with_the_ranking(client: Client) -> None:
    rows = get(client, f"{PAIRS}&limit=6")["results"]
    ranked = get(client, "/api/v1/rankings?activity=32.50B&limit=6")["results"]
    assert [one["basin"] for one in rows] == [one["basin"] for one in ranked]
    for place, row in enumerate(rows):
        assert row["p_before"][place] is None and len(row["p_before"]) == 6
        for other in range(place):
            assert row["p_before"][other] + rows[other]["p_before"][place] == pytest.approx(1)
    for place in range(5):
        assert rows[place]["p_before"][place + 1] == pytest.approx(ranked[place]["p_before_next"])


def test_pairs_of_a_page_are_those_of_the_ranking_from_its_offset(client: Client) -> None:
    whole, page = get(client, f"{PAIRS}&limit=6")["results"], get(client, f"{PAIRS}&limit=3&offset=3")["results"]
    assert [one["basin"] for one in page] == [one["basin"] for one in whole[3:]]
    assert page[0]["p_before"][1] == pytest.approx(whole[3]["p_before"][4])


def test_pairs_are_computed_one_by_one_as_well(client: Client) -> None:
    facts = service.current_facts()
    question = Question("32.50B", "subclass")
    answer = service.rank(facts, question)
    indexes = tuple(int(one) for one in np.argsort(-answer.score)[:60:7])
    found = before_matrix(facts, question, indexes)
    for row, first in enumerate(indexes):
        for column, second in enumerate(indexes):
            if row < column:
                assert found[row, column] == answer.robustness.p_before(first, second)
                assert found[column, row] == 1 - found[row, column]


def test_vetoed_basins_have_no_pair(client: Client) -> None:
    body = get(client, "/api/v1/rankings/pairs?activity=27.20Z&require=battery-grid&limit=2")
    listed = get(client, "/api/v1/rankings?activity=27.20Z&require=battery-grid&limit=1000")["results"]
    assert body["count"] == sum(one["rank"] is not None for one in listed) < len(listed)


@pytest.mark.parametrize(
    ("address", "status", "parameter", "said"),
    [
        ("indicators?group=luck", 400, "group", "living"),
        ("indicators/living.luck", 404, None, "living.luck"),
        ("indicators/living.rent_house?region=99", 400, "region", "99"),
        ("communes?q=!!!", 400, "q", "lettre"),
        ("communes?basin=9999", 404, None, "9999"),
        ("communes?offset=40000", 404, "offset", "40000"),
        ("perimeters?kind=canton", 400, "kind", "canton"),
        ("perimeters?q=%20", 400, "q", "q"),
        ("perimeters?basin=9999", 404, None, "9999"),
        ("perimeters/canton/1", 404, None, "canton"),
        ("perimeters/epci/1", 404, None, "epci"),
        ("perimeters/region/27/communes?offset=5000", 404, "offset", "5000"),
        ("rankings/pairs", 400, "activity", "activity"),
        ("rankings/pairs?activity=32.50B&limit=101", 400, "limit", "100"),
        ("rankings/pairs?activity=32.50B&offset=306", 404, "offset", "306"),
        ("rankings?activity=32.50B&require=battery-grid", 404, "require", "battery-grid"),
    ],
)
def test_refusals_say_what_is_accepted(
    client: Client, address: str, status: int, parameter: str | None, said: str
) -> None:
    response = client.get(f"/api/v1/{address}", headers={"accept-language": "fr"})
    assert response.status_code == status
    assert response.json().get("parameter") == parameter
    assert said in response.json()["detail"]


def test_every_interval_of_a_page_is_given_and_is_that_of_the_ranking(client: Client) -> None:
    address = "/api/v1/basins/2716/activities?level=division&limit=1000"
    for _turn in range(20):
        response = client.get(address)
        body = response.json()
        if body["intervals_complete"]:
            break
        # What is not whole is not to be held.
        assert response.headers["Cache-Control"] == "no-store" and "ETag" not in response.headers
    assert body["intervals_complete"] and "ETag" in response.headers
    assert all(one["rank_p05"] <= one["rank_median"] <= one["rank_p95"] for one in body["results"])
    last = body["results"][-1]
    ranked = get(client, f"/api/v1/rankings?activity={last['activity']['code']}&level=division&limit=1000")["results"]
    row = next(one for one in ranked if one["basin"]["code"] == "2716")
    assert [row[name] for name in ("rank_median", "rank_p05", "rank_p95")] == [
        last[name] for name in ("rank_median", "rank_p05", "rank_p95")
    ]


def test_intervals_not_reached_in_time_are_said_to_be_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.views.DRAWING_SECONDS", 0.0)
    response = client.get("/api/v1/basins/2716/activities?level=group&weights=living:31&limit=3")
    body = response.json()
    assert body["intervals_complete"] is False
    assert [one["rank_median"] for one in body["results"]] == [None, None, None]
    assert response.headers["Cache-Control"] == "no-store" and "ETag" not in response.headers
