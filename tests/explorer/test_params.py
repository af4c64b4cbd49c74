"""What is read in a query string: search text, page number, forms."""

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from explorer.params import (
    accepts,
    carried,
    for_activity,
    is_raw_form,
    page_number,
    search_text,
    shown_rows,
    without,
    without_search,
)
from scoring.errors import BadQuestion, NotFound


def test_search_text_is_tidied() -> None:
    assert search_text(QueryDict("q=+jean++brut+")) == "jean brut"
    assert search_text(QueryDict("lang=fr")) is None


@pytest.mark.parametrize("query", ["q=", "q=+++", "q=" + "a" * 201])
def test_search_text_refuses_nothing_and_too_much(query: str) -> None:
    with pytest.raises(BadQuestion) as caught:
        search_text(QueryDict(query))
    assert caught.value.parameter == "q"


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "deux", "٣", "", "1e3"])
def test_page_number_is_a_whole_number_from_one(text: str) -> None:
    with pytest.raises(BadQuestion):
        page_number(QueryDict(f"page={text}"))


@pytest.mark.parametrize(
    ("page", "count", "shown"), [(1, 306, 50), (2, 306, 100), (7, 306, 306), (1, 0, 0), (1, 3, 3)]
)
def test_the_list_grows_by_fifty(page: int, count: int, shown: int) -> None:
    assert shown_rows(page, count) == shown


@pytest.mark.parametrize(("page", "count"), [(8, 306), (2, 50), (2, 0), (999_999_999, 306)])
def test_a_page_past_the_end_says_where_the_end_is(page: int, count: int) -> None:
    with pytest.raises(NotFound) as caught:
        shown_rows(page, count)
    assert str(max(1, (count + 49) // 50)) in caught.value.sentence


@pytest.mark.parametrize(
    ("query", "is_raw"),
    [
        ("activite=32.50B", False),
        ("activite=32.50B&weights=skills:40&page=2", False),
        ("activite=32.50B&w.skills=40", True),
        ("activite=32.50B&m.rail=4", True),
        ("activite=32.50B&jobs=", True),
        ("activite=32.50B&preset=equilibre", True),
        ("activite=27.20Z&require=a&require=b", True),
    ],
)
def test_a_form_is_told_from_an_address(query: str, is_raw: bool) -> None:
    assert is_raw_form(QueryDict(query)) is is_raw


def test_an_empty_search_field_beside_an_activity_is_no_search() -> None:
    assert "q" not in without_search(QueryDict("q=&activite=32.50B"))
    assert "q" in without_search(QueryDict("q="))
    assert "q" in without_search(QueryDict("q=jean&activite=32.50B"))


def test_a_view_accepts_only_what_it_names() -> None:
    view = accepts("q")(lambda request: HttpResponse("seen"))
    assert view(RequestFactory().get("/?q=a&lang=en&utm_source=x")).content == b"seen"
    with pytest.raises(BadQuestion) as caught:
        view(RequestFactory().get("/?z=1"))
    assert "q, lang" in caught.value.sentence


def test_what_a_question_keeps_for_another_activity() -> None:
    asked = QueryDict("q=jean&activite=32.50B&level=subclass&require=a&region=27&w.skills=40&m.rail=&preset=x&lang=en")
    assert carried(asked) == [("region", "27"), ("w.skills", "40"), ("preset", "x")]
    assert carried(asked, but="weights") == [("region", "27"), ("preset", "x")]
    assert for_activity(asked, "14.13Z", "subclass").urlencode() == (
        "activite=14.13Z&level=subclass&region=27&w.skills=40&m.rail=&preset=x&lang=en"
    )


def test_a_wrong_parameter_goes_with_the_fields_that_write_it() -> None:
    kept = without(QueryDict("activite=a&w.skills=x&w.land=2&weights=land:1&jobs=3"), "weights")
    assert kept is not None and kept.urlencode() == "activite=a&jobs=3"
    assert without(QueryDict("activite=a"), "jobs") is None
