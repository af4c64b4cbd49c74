"""A file asked by an older link says under which edition the link was made, and what of its question is left out."""

import io
import re
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client

from explorer.permalinks import edition_mark
from scoring.service import current_facts

pytestmark = pytest.mark.django_db

MARK = "edition=2026.2-fa39422d"
EDITION, REGION = "Ce lien a été fait sous l'édition 2026.2", "Région qui n'existe plus : 99"
RANKED = [f"/classement/classement.{suffix}" for suffix in ("csv", "xlsx", "geojson", "gpkg", "zip")] + [
    "/classement/carte.svg",
    "/bassins/2716/pourquoi/rapport.html",
    "/bassins/2716/pourquoi/rapport.docx",
    "/complementarites/liste.csv",
    "/complementarites/liste.xlsx",
]
OTHERS = ["/bassins/2716/rapport.html", "/donnees/indicateurs/living.rent_house/carte.svg"]


def asked(client: Client, address: str, **headers: str) -> HttpResponse:
    return client.get(address, headers={"accept-language": "fr"} | headers)


def words(response: HttpResponse) -> str:
    """Return the text of a file, that of the parts of one which is packed."""
    assert response.status_code == 200
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(map(parts.read, parts.namelist()))
    text = content.decode(errors="replace").replace("&#x27;", "'").replace("\u00a0", " ").replace("\u202f", " ")
    # Lines of a drawing are cut where they are long.
    return re.sub(r"\s*</text>\s*<text[^>]*>", " ", text)


@pytest.mark.parametrize("address", RANKED)
def test_a_file_asked_by_an_older_link_says_so(client: Client, address: str) -> None:
    told = words(asked(client, f"{address}?activite=25.62A&region=99&{MARK}"))
    assert EDITION in told and REGION in told
    usual = words(asked(client, f"{address}?activite=25.62A"))
    assert "Ce lien" not in usual


@pytest.mark.parametrize("address", OTHERS)
def test_so_does_a_file_without_question(client: Client, address: str) -> None:
    assert EDITION in words(asked(client, f"{address}?{MARK}"))
    current = f"{address}?edition={edition_mark(current_facts().edition)}"
    assert "Ce lien" not in words(asked(client, current))


@pytest.mark.parametrize("address", ["/classement/classement.geojson?activite=25.62A", "/bassins/2716/rapport.html?"])
def test_who_holds_the_file_of_a_new_link_does_not_hold_that_of_an_older_one(client: Client, address: str) -> None:
    first = asked(client, address)
    held = {"if-none-match": first.headers["ETag"]}
    assert asked(client, address, **held).status_code == 304
    assert EDITION in words(asked(client, f"{address}&{MARK}", **held))
