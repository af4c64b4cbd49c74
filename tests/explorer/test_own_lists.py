"""The page of an own list: understood, corrected, opened; the same figures as the perimeter of the same communes."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from basins import own_perimeters
from basins.models import Commune, CommuneList, Perimeter
from basins.perimeters import commune_codes
from explorer.perimeter_kinds import perimeter_url
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element, parse

pytestmark = pytest.mark.django_db
PAGE = "/perimetres/liste/"
FRENCH = {"accept-language": "fr"}


def send(client: Client, text: str = "", **fields: object) -> HttpResponse:
    names = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(PAGE, {"communes": text, **names}, headers=FRENCH)


def lines(tree: Element) -> dict[str, list[str]]:
    """Line number, and what is understood with its reason: each line of the check, by value."""
    rows = tree.one("table", css_class="own-list-lines").one("tbody").all("tr")
    return {
        row.one("span", css_class="value").plain: [
            row.one("th").plain,
            row.one("div", css_class="own-list-line").all("div")[0].plain,
        ]
        for row in rows
    }


def test_the_form_is_whole_without_a_list(read: Read) -> None:
    form = read(PAGE).one("form", css_class="own-list-form")
    assert form.attributes["enctype"] == "multipart/form-data" and form.all("input", name="csrfmiddlewaretoken")
    for field in (*form.all("textarea"), *form.all("input", type="text"), *form.all("input", type="file")):
        assert form.one("label", for_=field.attributes["id"]).plain
    assert PAGE in {one.attributes["href"] for one in read("/perimetres/").all("a")}


def test_every_line_that_asks_for_a_look_is_shown_with_its_reason(client: Client) -> None:
    text = "code;nom\n1004;Ambérieu-en-Bugay\n01053;\n99999;Saint-Denis\n2.1E+10;Ajaccio\n75101;Paris 1er\n01053;"
    tree = parse(send(client, text).content)
    shown = lines(tree)
    assert [cells[0] for cells in shown.values()] == ["2", "4", "5", "6", "7"]
    reasons = [cells[1] for cells in shown.values()]
    for reason, word in zip(reasons, ("zéro", "code postal", "puissances", "Arrondissement", "ligne 3"), strict=True):
        assert word in reason
    summary = tree.one(role="status").plain
    assert "6 valeurs lues" in summary and "3 communes" in summary and "2 sans commune" in summary
    assert "La ligne 1 est l'intitulé" in tree.one("section", aria_labelledby="explorer-check").plain
    chosen = {one.attributes["name"]: one.one("option", selected="").attributes["value"] for one in tree.all("select")}
    # Ambiguous names wait for a choice, the only name beside a lost code is proposed.
    assert chosen == {"choix.1": "01004", "choix.3": "", "choix.4": "2A004", "choix.5": "75056", "choix.6": "01053"}


def test_what_became_of_a_former_commune_is_said(client: Client) -> None:
    text = "Seynod\nMorez\nLa Mouille\nÉqueurdreville-Hainneville\nEqueurdreville\nBeaumont"
    tree = parse(send(client, text).content)
    shown = {value.split(" →")[0]: cells[1] for value, cells in lines(tree).items()}
    assert "→ 74010 Annecy" in shown["Seynod"] and "Seynod est devenue Annecy (74010) en 2017." in shown["Seynod"]
    assert "Morez est devenue Hauts de Bienne (39368) en 2016." in shown["Morez"]
    assert "La Mouille est devenue Hauts de Bienne (39368) en 2016." in shown["La Mouille"]
    assert "→ 50129 Cherbourg-en-Cotentin" in shown["Équeurdreville-Hainneville"]
    assert "en 1965, d'autres changements ont suivi" in shown["Equeurdreville"]
    assert "choisissez" in shown["Beaumont"] and "Propositions" in shown["Beaumont"]
    assert send(client, text, action="ouvrir").headers["Location"] == f"{PAGE}39368,50129,74010/"


def test_the_name_that_a_commune_had_raises_no_alarm(client: Client) -> None:
    text = "code;nom\n74268;Seynod\n39368;Morez\n01004;Seynod"
    said = [cells[1] for cells in lines(parse(send(client, text).content)).values()]
    assert ["n'est pas celui de cette commune" in one for one in said] == [False, False, True]
    assert "Seynod est devenue Annecy" in said[0] and "Morez est devenue Hauts de Bienne" in said[1]
    assert "Proposition : 74010 Annecy." in said[2].replace("\u00a0", " ")


def test_a_suggestion_is_said_in_words_where_the_choice_is_to_leave_aside(client: Client) -> None:
    tree = parse(send(client, "code;nom\n1,23E+04;\nSeynot;").content)
    said = [cells[1].replace("\u00a0", " ") for cells in lines(tree).values()]
    assert "Proposition : 12300 Villefranche-de-Rouergue." in said[0]
    assert tree.one("select", name="choix.1").one("option", selected="").attributes["value"] == ""
    assert "74010 Annecy" in said[1] and "Seynod est devenue Annecy (74010) en 2017." in said[1]


def test_corrections_are_applied_and_open_the_perimeter(client: Client) -> None:
    text = "1004\n99999\nSaint-Denis\nOyonax"
    near = parse(send(client, text).content).one("select", name="choix.4")
    assert "01283" in {one.attributes["value"] for one in near.all("option")}
    fields = {"choix__1": "01004", "autre__2": "Bourg-en-Bresse", "choix__3": "", "choix__4": "01283"}
    again = lines(parse(send(client, text, **fields).content))
    assert "Choisi par vous" in " ".join(sum(again.values(), [])) and "de côté par vous" in again["Saint-Denis → —"][1]
    answer = send(client, text, action="ouvrir", nom="Ma vallée", **fields)
    assert answer.headers["Location"] == f"{PAGE}01004,01053,01283/?nom=Ma+vall%C3%A9e"
    tree = parse(client.get(answer.headers["Location"], headers=FRENCH).content)
    assert tree.one("h1").plain == "Ma vallée"


def test_a_file_is_read_as_a_paste_is(client: Client) -> None:
    content = "Code;Commune\r\n1004;Ambérieu-en-Bugay\r\n01283;Oyonnax\r\n".encode("cp1252")
    answer = send(client, fichier=SimpleUploadedFile("liste.csv", content), action="ouvrir")
    assert answer.headers["Location"] == f"{PAGE}01004,01283/"


def test_a_list_in_the_address_is_checked_too(read: Read) -> None:
    assert "2 communes" in read(f"{PAGE}?communes=01004,1283").one(role="status").plain


def test_the_check_is_a_file_that_holds_every_line(client: Client) -> None:
    answer = send(client, "01004\n1283\n=1+1", action="csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Ligne"], row["Code Insee compris"]) for row in rows] == [("1", "01004"), ("2", "01283"), ("3", "")]
    assert rows[2]["Valeur"] == "'=1+1"


def test_a_long_list_is_kept_under_its_hash(client: Client) -> None:
    codes = list(
        Commune.objects.filter(edition__is_current=True, department="08").values_list("insee_code", flat=True)
    )
    answer = send(client, "\n".join(codes), action="ouvrir")
    url = answer.headers["Location"]
    assert re.fullmatch(rf"{PAGE}[0-9a-f]{{32}}/", url)
    assert send(client, ",".join(reversed(codes)), action="ouvrir").headers["Location"] == url
    assert CommuneList.objects.count() == 1
    tree = parse(client.get(url, headers=FRENCH).content)
    same = tree.one("div", css_class="own-list-card").all("a")[0]
    assert (same.plain, same.attributes["href"]) == ("Ardennes", "/perimetres/departement/08/")


@pytest.mark.parametrize("figure", ["zones", "jobs", "counts", "communes", "indicators"])
def test_an_intercommunalite_pasted_has_the_figures_of_the_intercommunalite(client: Client, figure: str) -> None:
    epci = Perimeter.objects.get(edition__is_current=True, kind="epci", code="200042935")
    own = f"{PAGE}{','.join(commune_codes(epci))}/?nom={epci.name}"
    pages = [parse(client.get(url, headers=FRENCH).content) for url in (perimeter_url("epci", epci.code), own)]
    heads = [page.one("dl", css_class="key-figures").plain for page in pages]
    assert heads[0] == heads[1] and epci.name == pages[1].one("h1").plain
    files = []
    for url in (perimeter_url("epci", epci.code), own):
        address, _mark, query = url.partition("?")
        content = client.get(f"{address}figures/{figure}.csv?{query}", headers=FRENCH).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        files.append(
            [{key: cell for key, cell in row.items() if key not in ("Lien", "Code du périmètre")} for row in rows]
        )
    assert files[0] == files[1] and files[0]


def test_the_communes_add_up_to_the_perimeter(get: Get) -> None:
    epci = Perimeter.objects.get(edition__is_current=True, kind="epci", code="200042935")
    content = get(f"{perimeter_url('epci', epci.code)}figures/communes.csv?variante=international").content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert sum(int(row["Habitants"]) for row in rows) == epci.population and len(rows) == epci.commune_count
    counts = get(f"{perimeter_url('epci', epci.code)}figures/counts.csv?variante=international").content
    totals = {row["Dénombrement"]: row["Total"] for row in csv.DictReader(io.StringIO(counts.decode("utf-8-sig")))}
    assert sum(int(row["Logements"]) for row in rows) == int(totals["Logements"])


def test_a_score_is_that_of_the_perimeter(client: Client) -> None:
    epci = Perimeter.objects.get(edition__is_current=True, kind="epci", code="200042935")
    own = f"{PAGE}{','.join(commune_codes(epci))}/"
    pages = [
        parse(client.get(f"{url}?activite=27.20Z", headers=FRENCH).content).one("p", css_class="score-lead").plain
        for url in (perimeter_url("epci", epci.code), own)
    ]
    assert pages[0] == pages[1]


def test_communes_without_people_nor_outline_have_a_page_and_a_score(read: Read) -> None:
    current = Commune.objects.filter(edition__is_current=True)
    for some in (current.filter(population=0), current.filter(geom=None)):
        codes = ",".join(some.values_list("insee_code", flat=True))
        tree = read(f"{PAGE}{codes}/?activite=27.20Z")
        assert tree.one("path", css_class="perimeter-line").attributes["d"].startswith("M")
        assert tree.one("p", css_class="score-lead").plain


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        ("", 400, "vide"),
        (" \n\t", 400, "vide"),
        (";;;\n;;", 400, "vide"),
        ("0" * 1_000_001, 413, "Mo"),
        ("01004\n" * 36_001, 413, "36 000"),
        ("01004,\x00", 400, "octet nul"),
        ("01004\n\x1b[31m", 400, "ligne 2"),
    ],
)
def test_a_list_that_cannot_be_read_is_answered_in_words(client: Client, text: str, status: int, word: str) -> None:
    answer = send(client, text)
    assert answer.status_code == status
    assert word in parse(answer.content).one(role="alert").plain


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"PK\x03\x04rest", "classeur"), (b"%PDF-1.7", "texte"), (b"01004\x00\x001", "octet nul"), (b"", "vide")],
)
def test_hostile_files_are_refused_in_words(client: Client, content: bytes, word: str) -> None:
    answer = send(client, fichier=SimpleUploadedFile("liste.csv", content))
    assert answer.status_code == 400 and word in parse(answer.content).one(role="alert").plain


def test_a_body_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = send(client, fichier=SimpleUploadedFile("liste.csv", b"0" * 2_100_000))
    assert answer.status_code == 413 and "Mo" in parse(answer.content).one(role="alert").plain


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"action": "autre"}, "bouton"),
        ({"nom": "x" * 81}, "80 caractères"),
        ({"fichier": SimpleUploadedFile("a.csv", b"01004")}, "l'un des deux"),
        ({"action": "ouvrir", "choix__1": ""}, "vide"),
    ],
)
def test_what_the_form_cannot_do_is_said_and_the_list_kept(
    client: Client, fields: dict[str, object], word: str
) -> None:
    answer = send(client, "01004", **fields)
    tree = parse(answer.content)
    assert answer.status_code == 400 and word in tree.one("p", id="explorer-list-wrong").plain
    assert tree.one("textarea").plain == "01004"


def test_a_form_of_another_site_is_refused() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert send(stranger, "01004").status_code == 403
    token = parse(stranger.get(PAGE, headers=FRENCH).content).one("input", name="csrfmiddlewaretoken")
    assert send(stranger, "01004", csrfmiddlewaretoken=token.attributes["value"]).status_code == 200


def test_past_the_lists_of_an_hour_the_list_is_given_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_perimeters, "KEPT_AN_HOUR", 0)
    codes = Commune.objects.filter(edition__is_current=True, department="08").values_list("insee_code", flat=True)
    answer = send(client, "\n".join(codes), action="ouvrir")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "réessayez" in parse(answer.content).one(role="alert").plain


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        (f"{PAGE}{'0' * 32}/", 404, "gardée"),
        (f"{PAGE}99999,98765/", 404, "vide"),
        (f"{PAGE}01004,zz/", 404, "zz"),
        (f"{PAGE}01004;DROP TABLE/", 404, "DROP"),
        (f"{PAGE}01004/?nom={'x' * 81}", 400, "80"),
        (f"{PAGE}01004/?autre=1", 400, "autre"),
        (f"{PAGE}?communes=01004&x=1", 400, "x"),
        (f"{PAGE}01004/figures/rien.csv", 404, "rien"),
    ],
)
def test_a_wrong_address_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    assert word in read(url, status=status).one(role="alert").plain


def test_codes_of_an_address_that_name_nothing_are_told(read: Read) -> None:
    card = read(f"{PAGE}01004,75101,99999/").one("div", css_class="own-list-card").plain
    assert "75101 → 75056" in card and "99999" in card


def test_every_commune_of_france_is_a_list_too(client: Client) -> None:
    codes = list(Commune.objects.filter(edition__is_current=True).values_list("insee_code", flat=True))
    answer = send(client, "\n".join(codes), action="ouvrir")
    tree = parse(client.get(answer.headers["Location"], headers=FRENCH).content)
    rows = tree.one("section", aria_labelledby="explorer-zones").one("tbody").all("tr")
    assert len(rows) == 306


def test_a_page_asks_a_bounded_number_of_questions(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = f"{PAGE}01004,01053,01283/"
    get(url)
    with django_assert_max_num_queries(22):
        get(url)
