"""Pages of perimeters: every kind, shares both ways, a score that is the mean of its basins'."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from basins.models import Commune, CommuneCounts, Perimeter
from economy.models import CommuneJobs
from explorer.perimeter_kinds import SLUGS, perimeter_url
from infrastructure.models import CommuneBrownfields
from scoring.service import current_facts
from tests.explorer.conftest import Get, Read
from tests.explorer.html_tree import Element
from tests.explorer.test_pages import figure

pytestmark = pytest.mark.django_db
DEPARTMENT = "/perimetres/departement/08/"


def zones_table(tree: Element) -> list[list[str]]:
    rows = tree.one("section", aria_labelledby="explorer-zones").one("tbody").all("tr")
    return [[cell.plain for cell in row.children if isinstance(cell, Element)] for row in rows]


def first_of(kind: str) -> Perimeter:
    return Perimeter.objects.filter(edition__is_current=True, kind=kind).order_by("code")[0]


@pytest.mark.parametrize("kind", list(SLUGS))
def test_every_kind_has_a_whole_page(read: Read, kind: str) -> None:
    one = first_of(kind)
    tree = read(perimeter_url(one.kind, one.code))
    assert tree.one("h1").plain == one.name
    assert zones_table(tree) and tree.one("path", css_class="perimeter-line").attributes["d"].startswith("M")


@pytest.mark.parametrize(
    "url",
    ["/perimetres/departement/974/", "/perimetres/region/06/", "/perimetres/region/94/", "/perimetres/region/11/"],
)
def test_islands_and_the_largest_are_drawn(read: Read, url: str) -> None:
    tree = read(url)
    inside = {row[0] for row in zones_table(tree)}
    titles = [one.plain for one in tree.one("svg", css_class="map").all("title")]
    assert all(any(title.startswith(name) for title in titles) for name in inside)


def test_shares_go_both_ways_and_sum_to_the_perimeter(read: Read) -> None:
    rows = zones_table(read(DEPARTMENT))
    communes = Commune.objects.filter(edition__is_current=True, department="08")
    assert sum(int(figure(row[1])) for row in rows) == sum(communes.values_list("population", flat=True))
    assert sum(int(row[5]) for row in rows) == communes.count()
    assert sum(figure(row[3]) for row in rows) == pytest.approx(100, abs=len(rows))
    by_name = {zone.name: zone for zone in current_facts().zones}
    for name, inside, _jobs, _of_perimeter, of_zone, _communes in rows:
        assert figure(of_zone) == pytest.approx(100 * figure(inside) / by_name[name].population, abs=0.51)


def test_jobs_are_those_of_its_communes(read: Read, get: Get) -> None:
    held = CommuneJobs.objects.filter(edition__is_current=True, commune__department="08")
    last = sum(jobs[-1] for jobs in held.values_list("jobs", flat=True))
    tree = read(DEPARTMENT)
    assert sum(int(figure(row[2])) for row in zones_table(tree)) == last
    heads = {
        one.one("dt").plain: one.one("strong").plain for one in tree.one("dl", css_class="key-figures").all("div")
    }
    assert int(figure(heads["Emplois privés"])) == last
    text = get(f"{DEPARTMENT}figures/jobs.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [int(row["Année"]) for row in rows] == sorted(int(row["Année"]) for row in rows)
    assert float(rows[-1]["Emplois, Ardennes"]) == last
    assert rows[0]["Indice, Ardennes"] == rows[0]["Indice, France"] == "100"


def head_figures(tree: Element) -> dict[str, str]:
    """The words under each head figure: value, note, source."""
    figures = tree.one("dl", css_class="key-figures").all("div")
    return {one.one("dt").plain: one.one("dd").plain for one in figures}


def test_jobs_of_people_where_they_are_not_known_are_no_zero(read: Read, get: Get) -> None:
    oyonnax, mamoudzou = (
        Commune.objects.get(edition__is_current=True, insee_code=code) for code in ("01283", "97611")
    )
    jobs = CommuneJobs.objects.get(commune=oyonnax).jobs[-1]
    share = 100 * oyonnax.population / (oyonnax.population + mamoudzou.population)
    url = "/perimetres/liste/01283,97611/"
    tree = read(f"{url}?activite=27.20Z")
    shown = head_figures(tree)["Emplois privés"].replace(" ", "")
    assert shown.startswith(f"≥{jobs}en2024,connuspour{share:.0f}%deshabitants")
    by_zone = {row[0]: row[2].replace(" ", "") for row in zones_table(tree)}
    assert by_zone == {"Oyonnax": str(jobs), "Mayotte": "—"}
    course = tree.one("section", aria_labelledby="explorer-jobs").plain
    assert f"connu pour {share:.0f} % des habitants" in course and "Mayotte" in course
    # Unknown jobs weigh no basin out of the score.
    score = tree.one("section", aria_labelledby="explorer-score")
    weights = {row.one("th").plain: figure(row.all("td")[0].plain) for row in score.all("tbody")[0].all("tr")}
    assert weights == {"Oyonnax": round(share), "Mayotte": round(100 - share)}
    assert "pesés par ses habitants" in score.plain and "pas connus dans tous" in score.plain
    rows = file_rows(get, f"{url}figures/jobs.csv")
    assert len(rows) > 5 and all(
        figure(row["Habitants des communes connues (%)"]) == pytest.approx(share) for row in rows
    )
    communes = {row["Commune"]: row["Emplois privés en 2024"] for row in file_rows(get, f"{url}figures/communes.csv")}
    assert communes == {"Oyonnax": str(jobs), "Mamoudzou": ""}


def file_rows(get: Get, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(url).content.decode("utf-8-sig")), delimiter=";"))


def test_where_no_commune_is_known_jobs_are_not_available(read: Read) -> None:
    tree = read("/perimetres/region/06/")
    assert head_figures(tree)["Emplois privés"].startswith("—non disponible")
    told = tree.one("section", aria_labelledby="explorer-jobs").plain
    assert "non disponible" in told and "Mayotte" in told and not tree.all("figure", id="figure-jobs")


def test_a_commune_without_a_row_in_a_land_of_the_file_has_no_job(get: Get) -> None:
    rows = file_rows(get, f"{DEPARTMENT}figures/communes.csv")
    held = dict(
        CommuneJobs.objects.filter(edition__is_current=True, commune__department="08").values_list(
            "commune__insee_code", "jobs"
        )
    )
    assert {row["Code Insee"]: row["Emplois privés en 2024"] for row in rows} == {
        row["Code Insee"]: str(held[row["Code Insee"]][-1]) if row["Code Insee"] in held else "0" for row in rows
    }
    assert len(held) < len(rows)
    # Such a hamlet alone has 0, not a dash.
    empty = next(row["Code Insee"] for row in rows if row["Code Insee"] not in held)
    counts = file_rows(get, f"/perimetres/liste/{empty}/figures/zones.csv")
    assert [row["Emplois privés du périmètre dans le bassin"] for row in counts] == ["0"]


def test_a_score_is_weighted_by_jobs_and_says_so(read: Read) -> None:
    tree = read(f"{DEPARTMENT}?activite=27.20Z")
    by_name = {row[0]: figure(row[2]) for row in zones_table(tree)}
    score = tree.one("section", aria_labelledby="explorer-score")
    for row in score.all("tbody")[0].all("tr"):
        share = 100 * by_name[row.one("th").plain] / sum(by_name.values())
        assert figure(row.all("td")[0].plain) == pytest.approx(share, abs=0.51)
    assert "pesés par les emplois privés" in score.plain


def test_counts_are_sums_of_communes_and_say_what_they_cover(get: Get) -> None:
    text = get(f"{DEPARTMENT}figures/counts.csv").content.decode("utf-8-sig")
    rows = {row["Dénombrement"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    held = CommuneCounts.objects.filter(edition__is_current=True, commune__department="08")
    dwellings = rows["Logements"]
    assert figure(dwellings["Total"]) == sum(one for one in held.values_list("dwellings", flat=True) if one)
    listed = CommuneBrownfields.objects.filter(edition__is_current=True, commune__department="08")
    brownfields = {name: rows.pop(name) for name in list(rows) if name.startswith("Friches recensées")}
    assert [figure(row["Total"]) for row in brownfields.values()] == [
        sum(listed.values_list(name, flat=True))
        for name in ("site_count", "industrial_count", "without_project_count")
    ]
    assert not any(row["Pour 10 000 habitants"] for row in brownfields.values())
    assert "Cartofriches" in dwellings["Source"]
    for row in rows.values():
        assert 0 < figure(row["Habitants des communes connues (%)"]) <= 100
        assert bool(row["Pour 10 000 habitants"]) == (figure(row["Habitants des communes connues (%)"]) >= 99.5)


def test_the_index_lists_what_can_be_read_and_says_how_to_find_the_rest(read: Read) -> None:
    tree = read("/perimetres/")
    links = {one.attributes["href"] for one in tree.one("main").all("a")}
    for kind in (Perimeter.Kind.INDUSTRY_TERRITORY, Perimeter.Kind.DEPARTMENT, Perimeter.Kind.REGION):
        codes = Perimeter.objects.filter(edition__is_current=True, kind=kind).values_list("code", flat=True)
        assert {perimeter_url(kind, code) for code in codes} <= links
    assert "cherchez" in tree.one("p", css_class="kind-note").plain


def test_a_commune_leads_to_what_holds_it(read: Read) -> None:
    links = [one.attributes["href"] for one in read("/perimetres/?q=oyonnax").one("main").all("a")]
    assert "/perimetres/departement/01/" in links and "/perimetres/region/84/" in links
    assert any(one.startswith("/perimetres/epci/") for one in links)
    assert any(one.startswith("/perimetres/territoire-industrie/") for one in links)


def test_a_commune_of_the_past_leads_to_what_holds_it_and_says_so(read: Read) -> None:
    first = read("/perimetres/?q=Morez").all("ul", css_class="matches")[0].all("a")[0].plain
    assert "Haut-Jura" in first and "contient Morez → Hauts de Bienne" in first


@pytest.mark.parametrize(
    ("text", "url"), [("ardennes", DEPARTMENT), ("08", DEPARTMENT), ("grand est", "/perimetres/region/44/")]
)
def test_a_name_or_a_code_comes_first(read: Read, text: str, url: str) -> None:
    assert read(f"/perimetres/?q={text}").all("ul", css_class="matches")[0].all("a")[0].attributes["href"] == url


def test_a_name_that_nothing_bears_says_what_to_try(read: Read) -> None:
    assert "Essayez" in read("/perimetres/?q=zzzzqqqq").one("p", role="status").plain


def test_a_department_names_its_groupings_and_they_lead_back(read: Read) -> None:
    tree = read(DEPARTMENT)
    links = [one.attributes["href"] for one in tree.one("section", aria_labelledby="explorer-inside").all("a")]
    sirens = set(
        Commune.objects.filter(edition__is_current=True, department="08")
        .exclude(epci_siren="")
        .values_list("epci_siren", flat=True)
    )
    assert {perimeter_url("epci", siren) for siren in sirens} <= set(links)
    assert "/perimetres/region/44/" in links
    back = read(perimeter_url("epci", sorted(sirens)[0]))
    assert DEPARTMENT in {one.attributes["href"] for one in back.all("a")}


def test_members_of_a_territory_of_industry_have_their_page(read: Read, get: Get) -> None:
    one = first_of(Perimeter.Kind.INDUSTRY_TERRITORY)
    members = read(perimeter_url(one.kind, one.code)).one("section", aria_labelledby="explorer-inside").all("h3")
    assert members[0].plain == "Ses membres"
    links = read(perimeter_url(one.kind, one.code)).all("ul", css_class="matches-plain")[0].all("a")
    assert links and all(get(link.attributes["href"]).status_code == 200 for link in links)


def test_its_score_is_the_mean_of_those_of_the_interface(read: Read, client: Client) -> None:
    tree = read(f"{DEPARTMENT}?activite=27.20Z&jobs=300")
    score = tree.one("section", aria_labelledby="explorer-score")
    zones = score.all("tbody")[0].all("tr")
    listed = client.get("/api/v1/rankings?activity=27.20Z&jobs=300&limit=400&lang=fr").json()["results"]
    said = {row["basin"]["name"]: row["score"] for row in listed}
    weights, total = {}, 0.0
    for row in zones:
        name, share, points = row.one("th").plain, *(figure(cell.plain) for cell in row.all("td")[:2])
        assert points == pytest.approx(said[name], abs=0.051)
        weights[name] = share
        total += share * said[name] / 100
    assert sum(weights.values()) == pytest.approx(100, abs=1.5)
    shown = figure(score.one("tfoot").all("td")[0].plain)
    assert shown == pytest.approx(total, abs=1)
    points = [figure(row.all("td")[1].plain) for body in score.all("tbody")[1:] for row in body.all("tr")[1:]]
    assert sum(points) == pytest.approx(shown, abs=0.05 * len(points) + 0.05)
    lost = [figure(row.all("td")[0].plain) for row in score.all("tr", css_class="pillar-row")]
    assert sum(lost) == pytest.approx(100 - shown, abs=0.2)


def test_a_product_word_leads_to_the_score(get: Get) -> None:
    location = get(f"{DEPARTMENT}?cherche=lunettes").headers["Location"]
    assert location == f"{DEPARTMENT}?activite=32.50B&level=subclass#explorer-score"


def test_the_zones_are_a_file(read: Read, get: Get) -> None:
    url = f"{DEPARTMENT}figures/zones.csv"
    assert url in {one.attributes["href"] for one in read(DEPARTMENT).all("a")}
    rows = list(csv.DictReader(io.StringIO(get(url).content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(zones_table(read(DEPARTMENT))) and all(row["Source"] for row in rows)


@pytest.mark.parametrize(
    ("url", "status", "word"),
    [
        ("/perimetres/commune/01004/", 404, "territoire-industrie"),
        ("/perimetres/departement/8/", 404, "08"),
        ("/perimetres/epci/08/", 404, "neuf chiffres"),
        ("/perimetres/region/99/", 404, "99"),
        ("/perimetres/territoire-industrie/rien/", 404, "rien"),
        (f"{DEPARTMENT}?activite=99.99Z", 404, "99.99Z"),
        (f"{DEPARTMENT}?activite=27.20Z&level=zz", 400, "zz"),
        (f"{DEPARTMENT}?region=44", 400, "region"),
        (f"{DEPARTMENT}?activite=27.20Z&aggregation=geometric", 400, "aggregation"),
        (f"{DEPARTMENT}?cherche=zzzzqqqq", 404, "zzzzqqqq"),
        (f"{DEPARTMENT}figures/autre.csv", 404, "autre"),
        ("/perimetres/?q=", 400, "vide"),
    ],
)
def test_a_wrong_address_is_answered_in_words(read: Read, url: str, status: int, word: str) -> None:
    assert word in read(url, status=status).one(role="alert").plain


@pytest.mark.parametrize(
    "url", ["/perimetres/", DEPARTMENT, f"{DEPARTMENT}?activite=27.20Z", "/perimetres/region/44/"]
)
def test_a_page_asks_a_bounded_number_of_questions(
    get: Get, django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    get(url)
    with django_assert_max_num_queries(20):
        get(url)


def test_people_bear_the_year_of_the_page_of_their_basin(read: Read) -> None:
    basin = head_figures(read("/bassins/0601/"))["Habitants"]
    perimeter = head_figures(read("/perimetres/region/06/"))["Habitants"]
    assert basin.endswith("2017") and perimeter.endswith(basin.removeprefix("256 518"))
    both = read("/perimetres/liste/01283,97611/")
    assert head_figures(both)["Habitants"].endswith("2017 et 2023")
    told = both.one("section", aria_labelledby="explorer-zones").plain
    assert "Population municipale de 2023" in told and "de 2017 à Mayotte" in told
