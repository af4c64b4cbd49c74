"""The files of a ranking: the figures of the ranking itself, in every form, for the whole question of the address."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from explorer.wording import status_label
from reports.ranking_formats import ranking_formats, ranking_links
from scoring import service
from scoring.question import Question
from scoring.ranking import Ranking
from tests.explorer.html_tree import parse

pytestmark = pytest.mark.django_db
ACTIVITY = "32.50B"
EDITS = f"activite={ACTIVITY}&weights=skills:40&region=27&require=&jobs=80&normalisation=percentile"
Get = Callable[..., HttpResponse]


@pytest.fixture
def get(client: Client) -> Get:
    def ask(url: str, language: str = "fr") -> HttpResponse:
        return client.get(url, headers={"accept-language": language})

    return ask


def ranked(**edits: object) -> Ranking:
    return service.rank(service.current_facts(), Question(ACTIVITY, "subclass", **edits))  # type: ignore[arg-type]


def rows_of(response: HttpResponse, delimiter: str) -> list[dict[str, str]]:
    text = response.content.decode("utf-8").removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def french(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def test_the_csv_holds_every_basin_with_the_figures_of_the_ranking(get: Get) -> None:
    response = get(f"/classement/classement.csv?activite={ACTIVITY}")
    assert response.content.startswith("\ufeff".encode())
    rows, ranking = rows_of(response, ";"), ranked()
    assert len(rows) == ranking.count == 306
    for row, basin in zip(rows, ranking.rows(0, 306), strict=True):
        assert (row["code"], row["nom"], row["rang"]) == (basin.zone.code, basin.zone.name, str(basin.rank))
        bounds = [french(row[name]) for name in ("score_bas", "score", "score_haut", "couverture")]
        assert bounds == pytest.approx([basin.score_low, basin.score, basin.score_high, basin.coverage], abs=1e-6)
        interval = basin.interval
        assert interval is not None
        assert [row[name] for name in ("rang_median", "rang_p05", "rang_p95")] == [
            str(one) for one in (interval.median, interval.p05, interval.p95)
        ]
        assert row["egal_au_suivant"] == ("oui" if interval.is_tied else "non")


def test_points_add_up_to_the_score_and_values_keep_their_status(get: Get) -> None:
    for row, basin in zip(
        rows_of(get(f"/classement/classement.csv?activite={ACTIVITY}"), ";"), ranked().rows(0, 306), strict=True
    ):
        points = [french(value) or 0.0 for name, value in row.items() if name.endswith("_pts")]
        assert sum(points) == pytest.approx(basin.score, abs=1e-4)
        for one in basin.contributions:
            name = one.criterion.replace(".", "_")
            assert row[f"{name}_statut"] == status_label(one.status)
            assert french(row[f"{name}_val"]) == pytest.approx(one.value, abs=1e-6)


def test_the_international_variant_is_read_by_pandas_as_numbers_and_codes(get: Get) -> None:
    response = get(f"/classement/classement.csv?activite={ACTIVITY}&variante=international")
    frame = pd.read_csv(io.BytesIO(response.content), dtype={"code": str})
    assert frame.columns[0] == "code" and len(frame) == 306
    assert frame["score"].dtype == float and frame["rang"].dtype == "int64"
    assert set(frame["skills_bmo_statut"]) <= {"observed", "estimated", "suppressed", "missing", "absent"}
    assert frame["score"].tolist() == pytest.approx([one.score for one in ranked().rows(0, 306)], abs=1e-6)


def test_the_whole_question_of_the_address_is_answered_and_told(get: Get) -> None:
    rows = rows_of(get(f"/classement/classement.csv?{EDITS}"), ";")
    ranking = ranked(weights=(("skills", 40.0),), region="27", jobs=80.0, normalisation="percentile")
    assert [row["code"] for row in rows] == [one.zone.code for one in ranking.rows(0, 306)] and len(rows) < 40
    assert [row["rang_filtre"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    for row in rows:
        for told in ("Bourgogne-Franche-Comté", "Compétences : 40,0", "centile"):
            assert told in row["demande"]
        assert "weights=skills:40" in row["lien"] and "region=27" in row["lien"]
        assert row["edition"].startswith(ranking.edition.name) and row["licence"] and row["fait_le"]


def test_a_basin_that_does_not_meet_a_requirement_is_last_and_says_why(get: Get) -> None:
    activity = next(
        (node.code, one.requirement.id)
        for node in service.current_facts().nomenclature.nodes.values()
        if node.level == "subclass"
        for one in service.rank(service.current_facts(), Question(node.code, node.level)).outcomes[:2]
        if one.requirement.check and (one.passed == 0).any() and (one.passed == 1).any()
    )
    rows = rows_of(get(f"/classement/classement.csv?activite={activity[0]}&require={activity[1]}"), ";")
    vetoed = [row for row in rows if row["ecarte"] == "oui"]
    assert vetoed and vetoed == rows[-len(vetoed) :]
    assert all(row["rang"] == "" and row["eliminatoires"] for row in vetoed)
    assert all(row["rang"] and not row["eliminatoires"] for row in rows[: -len(vetoed)])


def test_the_dictionary_explains_every_column(get: Get) -> None:
    [*columns] = rows_of(get(f"/classement/classement.csv?activite={ACTIVITY}"), ";")[0]
    entries = rows_of(get(f"/classement/classement-dictionnaire.csv?activite={ACTIVITY}"), ";")
    explained = [row["colonne"] for row in entries if row["colonne"] != "sources"]
    assert explained == columns
    assert all(row["libelle"] and row["sens"] for row in entries)
    sources = [row for row in entries if row["colonne"] == "sources"]
    assert sources and all(row["source"] and row["sens"] for row in sources)


def test_the_workbook_says_the_same(get: Get) -> None:
    ranking = ranked()
    book = openpyxl.load_workbook(io.BytesIO(get(f"/classement/classement.xlsx?activite={ACTIVITY}").content))
    assert book.sheetnames[:2] == ["Lire", "Classement"]
    assert {"Les poids", "Sources", "Dictionnaire"} <= set(book.sheetnames)
    head, *rows = ([*row] for row in book["Classement"].values)
    sheet = pd.DataFrame(rows, columns=head)
    assert sheet["Code du bassin"].tolist() == [one.zone.code for one in ranking.rows(0, 306)]
    assert sheet["Score (points)"].tolist() == pytest.approx([one.score for one in ranking.rows(0, 306)], abs=1e-6)
    explained = {row[2] for row in book["Dictionnaire"].values if row[0] == "Classement"}
    assert explained == set(head)
    told = " ".join(str(cell) for row in book["Lire"].values for cell in row if cell)
    for words in (ranking.sector.label, ranking.edition.name, f"activite={ACTIVITY}", "Licence"):
        assert words in told
    weights = [[*row] for row in book["Les poids"].values][1:]
    assert sum(row[2] for row in weights) == pytest.approx(100)


def test_the_page_offers_every_form_and_each_answers(get: Get) -> None:
    page = parse(get(f"/classement/?activite={ACTIVITY}&region=27").content)
    links = [one.attributes["href"] for one in page.walk() if one.name == "a" and "download" in one.attributes]
    with translation.override("fr"):
        expected = [one["url"] for one in ranking_links(f"activite={ACTIVITY}&region=27")]
        assert len(expected) == len(ranking_formats())
    assert [one for one in links if one and "/classement/" in one][: len(expected)] == expected
    for url in expected:
        response = get(url)
        assert response.status_code == 200, url
        assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "Indiquez une activité"),
        ("activite=99.99Z", 404, "99.99Z"),
        (f"activite={ACTIVITY}&variante=suisse", 400, "suisse"),
        (f"activite={ACTIVITY}&limit=1000000000", 400, "limit"),
        (f"activite={ACTIVITY}&region=zz", 400, "zz"),
    ],
)
def test_what_cannot_be_answered_is_told(get: Get, query: str, status: int, words: str) -> None:
    for name in ("classement.csv", "classement-dictionnaire.csv"):
        response = get(f"/classement/{name}?{query}")
        assert response.status_code == status and words in response.content.decode()
    if "variante" not in query:
        assert get(f"/classement/classement.xlsx?{query}").status_code == status
