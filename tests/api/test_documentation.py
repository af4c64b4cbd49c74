"""The page of the interface says every address and parameter, and shows examples with their recorded answers."""

import ast
import json

import pytest
from django.test import Client
from django.utils import translation

from api.costs import COSTS
from api.document import ROOT, document
from api.documentation.examples import BASE, NAMES, examples
from api.documentation.page import address_rows, documentation_page, parameter_rows
from api.documentation.shown_json import shown
from api.documentation.words import address_words, example_words, parameter_words, status_words
from tests.api.methods import only_read

ADDRESS = "/donnees/api/"


def test_every_address_and_parameter_of_the_document_is_in_the_page() -> None:
    paths = {path.removeprefix(ROOT) for path in document()["paths"]}
    assert set(address_words()) == paths and len(address_rows()) == len(paths)
    asked = {
        one["name"]
        for methods in document()["paths"].values()
        for operation in methods.values()
        for one in operation["parameters"]
        if one["in"] == "query"
    }
    assert set(parameter_words()) == asked and [one["name"] for one in parameter_rows()] == list(parameter_words())
    assert set(example_words()) == set(NAMES)


def test_every_error_of_the_document_is_in_the_page() -> None:
    declared = {
        status
        for methods in document()["paths"].values()
        for operation in methods.values()
        for status in operation["responses"]
        if status >= "400"
    }
    # A method that an address has not is in no operation.
    assert set(status_words()) == declared | {"405"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_whole_and_has_its_answers(name: str) -> None:
    one = next(example for example in examples() if example.name == name)
    assert one.curl.startswith("curl ") and one.curl_answer and one.python_answer
    ast.parse(one.python)
    assert one.r.startswith("library(") and one.r.count("(") == one.r.count(")")
    for text in (one.curl, one.python, one.r):
        assert f"{BASE}/api/v1/" in text
    asked = one.at("https://bassins.example")
    assert BASE not in asked.python and "https://bassins.example/api/v1/" in asked.python


@pytest.mark.django_db
def test_the_page_writes_its_own_address_and_asks_nobody_else(client: Client) -> None:
    page = client.get(ADDRESS, headers={"host": "127.0.0.1"}).content.decode()
    assert page.count("http://127.0.0.1/api/v1/") >= 10
    assert f"{BASE}/" not in page
    for path in document()["paths"]:
        assert path in page
    assert "style=" not in page and "cdn" not in page.lower()
    assert f'href="{ADDRESS}"' in client.get("/donnees/").content.decode()


@pytest.mark.django_db
def test_the_page_says_the_limit_in_force(client: Client, settings) -> None:
    settings.API_UNITS_PER_MINUTE = 1234
    assert "1\u202f234 unités par minute" in client.get(ADDRESS).content.decode()
    settings.API_UNITS_PER_MINUTE = 0
    assert "ne limite pas" in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
def test_a_wrong_address_of_the_page_is_a_page(client: Client) -> None:
    refused = client.get(f"{ADDRESS}?nonsense=1")
    assert refused.status_code == 400 and refused.headers["Content-Type"].startswith("text/html")
    only_read(ADDRESS, "text/html; charset=utf-8")
    assert client.head(ADDRESS).status_code == 200


def test_the_costs_of_the_page_are_those_counted() -> None:
    with translation.override("fr"):
        units = {row["path"]: row["units"] for row in documentation_page("https://x.example")["addresses"]}
    assert units["/api/v1/health"] == "0" and units["/api/v1/basins"] == "1"
    assert units["/api/v1/what-if"] == str(COSTS["what-if"].base)
    assert units["/api/v1/complementarity"] == "de 10 à 40"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "3"),
        ({"a": 1, "b": "é"}, '{"a": 1, "b": "é"}'),
        ([], "[]"),
        ({"rows": [{"a": 1}]}, '{\n  "rows": [\n    {"a": 1}\n  ]\n}'),
        ({"rows": [{"a": 1}, {"a": 2}, {"a": 3}]}, '{\n  "rows": [\n    {"a": 1},\n    {"a": 2},\n    …\n  ]\n}'),
    ],
)
def test_json_is_cut_where_it_is_long(value: object, expected: str) -> None:
    assert shown(value) == expected


def test_json_that_is_short_enough_is_still_json() -> None:
    value = {"a": {"b": [1, 2], "c": [{"d": None}, {"d": True}]}}
    assert json.loads(shown(value)) == value
    assert max(map(len, shown({"x": {str(one): one for one in range(60)}}).splitlines())) <= 110
