"""The shape of every answer, and what must hold between its numbers."""

from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from api import VERSION, schemas
from basins.models import Commune, EmploymentZone
from scoring.question import Question
from scoring.service import current_facts, rank
from sources.models import Edition

pytestmark = pytest.mark.django_db

SPECTACLES = "/api/v1/rankings?activity=32.50B"


def get(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def assert_shape(body: Any, shape: type[BaseModel]) -> None:
    """The members are the published ones, no more and no less, at every depth."""
    kept = shape.model_validate(body, strict=True).model_dump()
    assert kept == body


def by_code(body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["basin"]["code"]: row for row in body["results"]}


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("health", schemas.Health),
        ("basins", schemas.BasinList),
        ("basins/2716", schemas.Basin),
        ("basins/2716/activities?level=division", schemas.BasinActivityList),
        ("basins/2716/peers", schemas.PeerList),
        ("basins/2716/peers?for=access&exclude_region=true&limit=3", schemas.PeerList),
        ("activities", schemas.ActivityList),
        ("activities?q=lunettes", schemas.ActivityList),
        ("activities/32.50B", schemas.ActivityProfile),
        ("rankings?activity=32.50B", schemas.Ranking),
        ("rankings?activity=CL&aggregation=geometric&normalisation=percentile", schemas.Ranking),
    ],
)
def test_every_answer_has_its_published_shape(client: Client, address: str, shape: type[BaseModel]) -> None:
    assert_shape(get(client, f"/api/v1/{address}"), shape)


def test_health_names_the_edition(client: Client) -> None:
    body = get(client, "/api/v1/health")
    assert body == {
        "status": "ok",
        "edition": Edition.objects.current().name,
        "database": "ok",
        "version": VERSION,
    }


def test_health_without_an_edition_is_a_503_with_the_same_members(client: Client) -> None:
    Edition.objects.update(is_current=False)
    response = client.get("/api/v1/health")
    assert response.status_code == 503
    assert response.json() == {"status": "degraded", "edition": None, "database": "ok", "version": VERSION}


def test_without_an_edition_the_interface_says_what_to_do(client: Client) -> None:
    Edition.objects.update(is_current=False)
    response = client.get("/api/v1/basins")
    assert response.status_code == 503
    assert "load_edition" in response.json()["detail"]
    assert response.headers["Retry-After"].isdigit()


def test_basins_are_those_of_the_database(client: Client) -> None:
    body = get(client, "/api/v1/basins?limit=1000")
    zones = EmploymentZone.objects.of(Edition.objects.current())
    assert body["count"] == zones.count() == len(body["results"])
    assert {row["code"]: row["name"] for row in body["results"]} == dict(zones.values_list("code", "name"))
    for row in body["results"]:
        west, south, east, north = row["bbox"]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_basins_of_a_region_have_a_part_in_it(client: Client) -> None:
    found = {row["code"] for row in get(client, "/api/v1/basins?region=27&limit=1000")["results"]}
    zones = EmploymentZone.objects.of(Edition.objects.current()).filter(region_codes__contains=["27"])
    assert found == set(zones.values_list("code", flat=True)) != set()


@pytest.mark.parametrize("typed", ["Saint-Claude", "saint claude", "SAINT CLAUDE", "st claude", "St-Claude"])
def test_a_basin_is_found_by_its_name_however_typed(client: Client, typed: str) -> None:
    assert get(client, f"/api/v1/basins?q={typed}")["results"][0]["code"] == "2716"


def test_a_basin_is_found_by_one_of_its_communes(client: Client) -> None:
    communes = Commune.objects.of(Edition.objects.current()).filter(name="Hauts de Bienne").select_related("zone")
    expected = [commune.zone.code for commune in communes]
    assert [row["code"] for row in get(client, "/api/v1/basins?q=hauts de bienne")["results"]] == expected


def test_what_a_basin_could_produce_says_which_requirements_it_does_not_meet(client: Client) -> None:
    """As the ranking of each activity has them: those that it cannot do without and that the data settle."""
    found = get(client, "/api/v1/basins/4422/activities?limit=12")["results"]
    unmet = {one["activity"]["code"]: one["unmet"] for one in found}
    assert unmet["27.20Z"] == ["battery-site"] and not all(unmet.values())
    facts = current_facts()
    for code, ids in unmet.items():
        checks = rank(facts, Question(code, "subclass")).basin("4422").requirements
        assert ids == [one.requirement for one in checks if one.kind == "must" and one.passed is False]


def test_a_name_nobody_bears_is_an_empty_200(client: Client) -> None:
    body = get(client, "/api/v1/basins?q=zzzzqqqxxx&offset=40")
    assert body == {"count": 0, "former_communes": [], "results": []}


def test_a_basin_is_found_by_a_commune_of_the_past_and_says_so(client: Client) -> None:
    """Morez became Hauts de Bienne in 2016."""
    body = get(client, "/api/v1/basins?q=Morez")
    assert [one["code"] for one in body["results"]] == ["2716"]
    assert body["former_communes"] == [
        {
            "code": "39368",
            "name": "Morez",
            "until": "2016-01-01",
            "commune": {"code": "39368", "name": "Hauts de Bienne"},
            "basin": {"code": "2716", "name": "Saint-Claude"},
        }
    ]
    assert schemas.BasinList.model_validate(body, strict=True).model_dump() == body
    elsewhere = get(client, "/api/v1/basins?q=Morez&region=53")
    assert elsewhere == {"count": 0, "former_communes": [], "results": []}
    assert get(client, "/api/v1/basins?limit=1")["former_communes"] == []


def test_an_activity_is_found_by_a_word_of_the_street(client: Client) -> None:
    assert "32.50B" in [row["code"] for row in get(client, "/api/v1/activities?q=lunettes")["results"]]


def test_levels_count_as_in_the_nomenclature(client: Client) -> None:
    counts = {
        level: get(client, f"/api/v1/activities?level={level}&limit=1")["count"]
        for level in ("a17", "a38", "section", "division", "group", "class", "subclass")
    }
    # NAF rév. 2, INSEE; the aggregated nomenclature has 17 and 38 posts.
    assert counts == {
        "a17": 17, "a38": 38, "section": 21, "division": 88, "group": 272, "class": 615, "subclass": 732,
    }  # fmt: skip
    assert get(client, "/api/v1/activities?limit=1")["count"] == sum(counts.values())


@pytest.mark.parametrize("code", ["32.50B", "3250B", "3250b"])
def test_a_code_is_read_with_or_without_its_dot(client: Client, code: str) -> None:
    assert get(client, f"/api/v1/activities/{code}")["code"] == "32.50B"
    assert get(client, f"/api/v1/rankings?activity={code}&limit=1")["activity"]["code"] == "32.50B"


def test_a_code_of_two_levels_is_the_finest_unless_said(client: Client) -> None:
    assert get(client, "/api/v1/activities/FZ")["level"] == "a38"
    assert get(client, "/api/v1/activities/FZ?level=a17")["level"] == "a17"


def test_a_profile_has_shares_that_sum_to_one(client: Client) -> None:
    body = get(client, "/api/v1/activities/25.62A")
    assert sum(one["share"] for one in body["occupations"]) == pytest.approx(1, abs=1e-6)
    assert sum(body["modes"].values()) == pytest.approx(1, abs=1e-6)
    assert min(body["jobs"], body["hectares"], body["mw"]) > 0


@pytest.mark.parametrize(
    "settings",
    ["", "&weights=skills:40,land.sites:0", "&normalisation=percentile", "&normalisation=zscore", "&jobs=3000&mw=80"],
)
def test_contributions_sum_to_the_score(client: Client, settings: str) -> None:
    body = get(client, f"{SPECTACLES}&limit=1000{settings}")
    assert body["count"] == len(body["results"]) == EmploymentZone.objects.of(Edition.objects.current()).count()
    for row in body["results"]:
        total = sum(one["contribution"] for one in row["contributions"])
        assert total == pytest.approx(row["score"], abs=1e-6)
        assert sum(one["weight"] for one in row["contributions"]) == pytest.approx(100, abs=1e-6)
        for one in row["contributions"]:
            assert one["contribution"] == pytest.approx(one["weight"] * one["normalised"], abs=1e-6)


def test_scores_lie_between_their_bounds_and_ranks_follow_them(client: Client) -> None:
    rows = get(client, f"{SPECTACLES}&limit=1000")["results"]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    for row in rows:
        assert 0 <= row["score_low"] <= row["score"] <= row["score_high"] <= 100
        assert 0 <= row["coverage"] <= 1
        better = sum(other["score"] > row["score"] + 1e-9 for other in rows)
        assert row["rank"] == row["rank_in_filter"] == better + 1


def test_what_is_not_known_has_no_value_and_half_its_weight(client: Client) -> None:
    cells = [one for row in get(client, f"{SPECTACLES}&limit=1000")["results"] for one in row["contributions"]]
    unknown = [one for one in cells if one["status"] in ("suppressed", "missing")]
    assert unknown, "the whole of France has suppressed cells"
    for one in unknown:
        assert one["value"] is None
        assert one["normalised"] == pytest.approx(0.5)


def test_a_filter_moves_no_score_and_no_national_rank(client: Client) -> None:
    everywhere = by_code(get(client, f"{SPECTACLES}&limit=1000"))
    body = get(client, f"{SPECTACLES}&limit=1000&region=27")
    assert 0 < body["count"] == len(body["results"]) < len(everywhere)
    for place, row in enumerate(body["results"], start=1):
        whole = everywhere[row["basin"]["code"]]
        assert row["rank_in_filter"] == place
        # The next of the list is another basin.
        moved = dict.fromkeys(("rank_in_filter", "p_before_next", "tied_with_next"))
        assert row | moved == whole | moved


def test_pages_of_a_ranking_are_slices_of_it(client: Client) -> None:
    whole = get(client, f"{SPECTACLES}&limit=60")["results"]
    assert get(client, SPECTACLES)["results"] == whole[:50]
    assert get(client, f"{SPECTACLES}&limit=10&offset=50")["results"] == whole[50:]


def test_weights_chosen_are_percent_and_sum_to_a_hundred(client: Client) -> None:
    for settings in ("", "&weights=skills:40,land.sites:0"):
        weights = get(client, f"{SPECTACLES}&limit=1{settings}")["weights"]
        assert sum(pct for key, pct in weights.items() if "." not in key) == pytest.approx(100)
        assert sum(pct for key, pct in weights.items() if "." in key) == pytest.approx(100)
    assert weights["land.sites"] == 0


def test_a_weight_of_zero_takes_a_criterion_out_of_every_score(client: Client) -> None:
    for row in get(client, f"{SPECTACLES}&weights=living:0")["results"]:
        assert all(one["contribution"] == 0 for one in row["contributions"] if one["pillar"] == "living")


def test_scaling_all_weights_changes_nothing(client: Client) -> None:
    # Every criterion named: those left out would keep their default beside the scaled ones.
    shown = get(client, f"{SPECTACLES}&limit=1")["weights"]
    for factor in (1, 3):
        named = ",".join(f"{key}:{pct * factor:.9f}" for key, pct in shown.items() if "." in key)
        scaled = by_code(get(client, f"{SPECTACLES}&limit=1000&weights={named}"))
        if factor == 1:
            expected = scaled
    for code, row in expected.items():
        assert scaled[code]["score"] == pytest.approx(row["score"], abs=1e-6)


def test_vetoed_basins_come_last_without_rank(client: Client) -> None:
    address, requirement = activity_with_a_must(client)
    rows = get(client, f"{address}&limit=1000&require={requirement}")["results"]
    is_vetoed = [bool(row["vetoes"]) for row in rows]
    assert any(is_vetoed) and is_vetoed == sorted(is_vetoed)
    free = by_code(get(client, f"{address}&limit=1000"))
    for row in rows:
        assert (row["rank"] is None) == bool(row["vetoes"]) == (row["rank_in_filter"] is None)
        assert row["score"] == free[row["basin"]["code"]]["score"]
        assert all(set(veto) == {"requirement", "sentence"} and veto["sentence"] for veto in row["vetoes"])


def activity_with_a_must(client: Client) -> tuple[str, str]:
    """An activity and one of its musts that some basin fails."""
    for activity in ("30.11Z", "19.20Z", "24.10Z", "20.13B", "29.10Z"):
        for requirement in get(client, f"/api/v1/activities/{activity}")["requirements"]:
            address = f"/api/v1/rankings?activity={activity}"
            name = requirement["requirement"]
            rows = get(client, f"{address}&limit=1000&require={name}")["results"]
            if any(row["vetoes"] for row in rows):
                return address, name
    pytest.fail("no requirement of these activities rules out any basin")


def test_the_reverse_question_gives_the_score_of_the_ranking(client: Client) -> None:
    for row in get(client, "/api/v1/basins/2716/activities?level=division&limit=3")["results"]:
        code, level = row["activity"]["code"], row["activity"]["level"]
        ranked = by_code(get(client, f"/api/v1/rankings?activity={code}&level={level}&limit=1000"))["2716"]
        assert row["score"] == pytest.approx(ranked["score"], abs=1e-6)
        assert row["rank_among_basins"] == ranked["rank"]


def test_every_contribution_has_its_sentence_in_both_languages(client: Client) -> None:
    french, english = (
        [one["sentence"] for one in get(client, f"{SPECTACLES}&limit=1&lang={lang}")["results"][0]["contributions"]]
        for lang in ("fr", "en")
    )
    assert all(french) and all(english)
    assert not set(french) & set(english)


def test_every_ranked_basin_has_its_interval(client: Client) -> None:
    rows = get(client, f"{SPECTACLES}&limit=1000")["results"]
    for row in rows:
        assert 1 <= row["rank_p05"] <= row["rank_median"] <= row["rank_p95"] <= len(rows)
        assert 0 <= row["p_top10"] <= row["p_top20"] <= 1
    assert sum(row["p_top10"] for row in rows) == pytest.approx(10, abs=0.05)
    for row in rows[:-1]:
        assert row["tied_with_next"] is (row["p_before_next"] < 0.75)
    assert rows[-1]["p_before_next"] is rows[-1]["tied_with_next"] is None


def test_a_vetoed_basin_has_no_interval(client: Client) -> None:
    rows = get(client, "/api/v1/rankings?activity=27.20Z&require=battery-site&limit=1000")["results"]
    vetoed = [row for row in rows if row["rank"] is None]
    assert vetoed
    interval = ("rank_median", "rank_p05", "rank_p95", "p_top10", "p_top20", "p_before_next", "tied_with_next")
    assert all(row[name] is None for row in vetoed for name in interval)
    assert max(row["rank_p95"] for row in rows if row["rank"]) <= len(rows) - len(vetoed)
