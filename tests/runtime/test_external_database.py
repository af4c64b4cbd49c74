"""A server named by DATABASE_URL: its address, and the request to hand to its administrator."""

import pytest

from config.setup.external_database import check, connection_url, sentence_for_administrator
from config.setup.steps import Failure


@pytest.mark.parametrize("scheme", ["postgis", "postgres", "postgresql"])
def test_the_usual_schemes_are_the_same_server(scheme: str) -> None:
    assert (
        connection_url(f"{scheme}://u:p%40@h:5433/b?sslmode=require") == "postgresql://u:p%40@h:5433/b?sslmode=require"
    )


@pytest.mark.parametrize("address", ["mysql://u@h/b", "h:5432/b", "", "sqlite:///x"])
def test_another_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(Failure) as refused:
        connection_url(address)
    assert "postgis://" in refused.value.remedy


def test_the_request_can_be_executed_as_it_is() -> None:
    sentence = sentence_for_administrator("bassins", ["postgis", "pg_trgm"], packaged=True)
    assert "CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm;" in sentence
    assert "la base bassins" in sentence
    assert "paquet" not in sentence


def test_a_server_without_the_package_is_asked_for_it_first() -> None:
    sentence = sentence_for_administrator("bassins", ["postgis"], packaged=False)
    assert sentence.index("paquet") < sentence.index("CREATE EXTENSION")
    assert sentence.count("«") == sentence.count("»") == 1


def test_a_server_that_does_not_answer_is_said_to_be_so() -> None:
    with pytest.raises(Failure, match="se connecter"):
        check("postgis://nobody@127.0.0.1:1/nothing")
