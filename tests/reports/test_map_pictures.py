"""Maps stand alone as pictures: their figures, words and letters are in them, whatever the machine."""

import struct
from xml.etree import ElementTree

import numpy as np
import pytest
from django.http import HttpResponse
from django.test import Client

from basins.indicators import indicators
from reports.drawings.raster import LARGEST_WIDTH, LEAST_WIDTH, png
from reports.drawings.svg import drawing, rect, text
from reports.map_pictures import indicator_svg, ranking_svg
from scoring import service
from scoring.question import Question

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
GLASSES = "/classement/carte.{}?activite=32.50B"
VACANCY = "/donnees/indicateurs/living.long_vacancy_pct/carte.{}"


def asked(client: Client, address: str, **headers: str) -> HttpResponse:
    return client.get(address, headers={"accept-language": "fr", **headers})


def words(svg: bytes | str) -> str:
    """Return what a drawing writes, spaces alike."""
    return " ".join(" ".join(one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")).split())


def size(image: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG, as its header tells them."""
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_the_map_of_a_ranking_says_what_it_is_and_where_it_comes_from(client: Client) -> None:
    response = asked(client, GLASSES.format("svg") + "&region=27&weights=access:60")
    assert response.headers["Content-Type"] == "image/svg+xml"
    told = words(response.content)
    ranking = service.rank(
        service.current_facts(), Question("32.50B", "subclass", region="27", weights=(("access", 60.0),))
    )
    first = ranking.rows(0, 1)[0].zone.name
    for part in ("32.50B Fabrication de lunettes", first, "Bourgogne-Franche-Comté", "Score, en points", "Guyane"):
        assert part in told
    assert "Édition : 2026.3" in told and "Accès et débouchés : 60,0 au lieu de" in told and "Insee" in told
    assert "http://testserver/classement/?activite=32.50B&weights=access:60&region=27&edition=2026.3-" in told
    tree = ElementTree.fromstring(response.content)
    assert first in (tree.findtext(f"{SVG}title") or "") and first in (tree.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("address", [GLASSES, VACANCY])
def test_a_drawing_needs_nothing_but_itself(client: Client, address: str) -> None:
    svg = asked(client, address.format("svg")).content.decode()
    for name in ("<script", "<style", " style=", "<image", "<foreignObject", "href="):
        assert name not in svg
    tree = ElementTree.fromstring(svg)
    ids = {one.attrib["id"] for one in tree.iter() if "id" in one.attrib}
    for one in tree.iter():
        for value in one.attrib.values():
            assert "url(" not in value or value.removeprefix("url(#").removesuffix(")") in ids


def test_the_map_of_an_indicator_marks_what_is_not_known_and_cites_its_source(client: Client) -> None:
    told = words(asked(client, VACANCY.format("svg")).content)
    facts = service.current_facts()
    secret = int((facts.values["living.long_vacancy_pct"][1] == "suppressed").sum())
    assert f"secret statistique ({secret})" in told and "LOVAC" in told and "% du parc privé" in told
    assert "/donnees/indicateurs/living.long_vacancy_pct/?edition=2026.3-" in told


def test_png_is_twice_the_drawing_or_as_wide_as_asked(client: Client) -> None:
    svg = asked(client, GLASSES.format("svg")).content.decode()
    width = int(ElementTree.fromstring(svg).attrib["width"])
    usual = asked(client, GLASSES.format("png"))
    assert usual.headers["Content-Type"] == "image/png" and size(usual.content)[0] == 2 * width
    assert size(asked(client, GLASSES.format("png") + "&largeur=300").content)[0] == 300


def test_letters_are_drawn_without_any_font_of_the_machine() -> None:
    def drawn(letters: str, **style: object) -> bytes:
        return png(drawing(60, 40, rect(0, 0, 60, 40, fill="#ffffff"), text(5, 25, letters, **style)))

    # What stands for a letter that no font has, and nothing at all.
    lost, blank = drawn("\u4e00"), drawn(" ")
    for letter in "a1É≈≥≤œ–’«%Ł":
        assert drawn(letter) not in (lost, blank), letter
    assert drawn("a", font_weight=700) != drawn("a")


@pytest.mark.parametrize("width", [0, LEAST_WIDTH - 1, LARGEST_WIDTH + 1])
def test_a_width_out_of_bounds_is_not_drawn(width: int) -> None:
    with pytest.raises(ValueError, match="pixels"):
        png(drawing(10, 10, rect(0, 0, 10, 10)), width=width)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/classement/carte.gif?activite=32.50B", 404, "svg, png"),
        ("/classement/carte.png?activite=32.50B&largeur=100000", 400, "200"),
        ("/classement/carte.png?activite=32.50B&largeur=-3", 400, "200"),
        ("/classement/carte.svg?activite=32.50B&largeur=300", 400, "PNG"),
        ("/classement/carte.svg", 400, "activite=32.50B"),
        ("/classement/carte.png?activite=99.99Z", 404, "99.99Z"),
        ("/donnees/indicateurs/lune/carte.svg", 404, "lune"),
        ("/donnees/indicateurs/living.rent_flat/carte.bmp", 404, "svg, png"),
        ("/donnees/indicateurs/living.rent_flat/carte.svg?tri=nom", 400, "tri"),
    ],
)
def test_a_wrong_address_is_answered_in_words(client: Client, address: str, status: int, told: str) -> None:
    response = asked(client, address)
    assert response.status_code == status and told in response.content.decode()


def test_a_picture_is_sent_once(client: Client) -> None:
    first = asked(client, VACANCY.format("svg"))
    again = asked(client, VACANCY.format("svg"), **{"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    assert asked(client, VACANCY.format("svg")).content == first.content


def test_a_ranking_without_any_basin_left_still_has_its_map() -> None:
    facts = service.current_facts()
    vetoed = service.compute_ranking(facts, Question("27.20Z", "subclass", require=("battery-site",)))
    vetoed.__dict__["is_eligible"] = np.zeros(len(facts.zones), dtype=bool)
    assert "éliminatoire" in words(ranking_svg(vetoed, "http://x/"))


def test_every_indicator_has_its_map() -> None:
    facts = service.current_facts()
    for one in indicators().values():
        if one.id in facts.values:
            assert str(one.label).split()[0] in words(indicator_svg(facts, one, "http://x/"))
