"""Pages of exports, without JavaScript: asked by a form, followed by a link, taken, asked again."""

import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from reports.makers import CannotMake, Made, Order, makers
from reports.models import Export, State
from reports.run import run_export
from tests.explorer.conftest import Get, Read, get, read  # noqa: F401 - fixtures
from tests.reports.exports.conftest import Make, write_two

pytestmark = pytest.mark.django_db
FORM = "/exports/demander/activites-bassins/"

Ask = Callable[..., Export]
MakeWith = Callable[[Make], None]


def post(client: Client, url: str, **fields: str) -> HttpResponse:
    return client.post(url, fields, headers={"accept-language": "fr"})


def url_of(export: Export) -> str:
    return f"/exports/{export.pk}/"


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_list_leads_to_each_form_and_the_page_of_data_to_the_list(read: Read) -> None:  # noqa: F811
    assert "/exports/" in {one.attributes.get("href") for one in read("/donnees/").all("a")}
    links = [one.attributes["href"] for one in read("/exports/").one("ul", css_class="export-kinds").all("a")]
    assert links == [f"/exports/demander/{one}/" for one in makers()]
    assert all(read(link).all("select") for link in links)


def test_a_form_keeps_what_the_address_says(read: Read) -> None:  # noqa: F811
    tree = read(f"{FORM}?level=a38")
    chosen = [one.attributes["value"] for one in tree.all("option") if "selected" in one.attributes]
    assert chosen == ["a38", "csv"]
    assert [one.attributes["for"] for one in tree.one("form").all("label")] == ["export-level", "export-format"]


def test_a_form_leads_to_the_page_of_its_export(client: Client) -> None:
    response = post(client, FORM, level="a38", format="csv")
    assert response.status_code == 303
    export = Export.objects.get()
    assert response.headers["Location"] == url_of(export)
    assert export.parameters == {"level": "a38", "format": "csv"}
    assert (export.base_url, export.language) == ("http://testserver", "fr")
    assert post(client, FORM, level="a38", format="csv").headers["Location"] == url_of(export)


@pytest.mark.parametrize(
    ("fields", "name"), [({"level": "village"}, "level"), ({"format": "xml"}, "format"), ({"poids": "1"}, "poids")]
)
def test_a_wrong_value_is_said_in_the_form_as_it_was_filled(client: Client, fields: dict[str, str], name: str) -> None:
    response = post(client, FORM, **{"level": "a38", **fields})
    assert response.status_code == 400 and not Export.objects.exists()
    html = response.content.decode()
    assert 'role="alert"' in html and name in html
    assert name == "level" or '<option value="a38" selected>' in html


def test_a_form_of_another_site_is_refused_with_a_sentence() -> None:
    client = Client(enforce_csrf_checks=True)
    response = post(client, FORM, level="a38", format="csv")
    assert response.status_code == 403
    assert "Ce formulaire ne peut pas être pris" in text(response.content.decode())
    assert not Export.objects.exists()


def test_too_many_requests_are_told_so_and_when_to_come_back(client: Client, settings: object) -> None:
    settings.EXPORTS_WAITING_PER_CLIENT = 1  # type: ignore[attr-defined]
    assert post(client, FORM, level="a38").status_code == 303
    response = post(client, FORM, level="group")
    assert response.status_code == 429 and int(response.headers["Retry-After"]) > 0
    html = response.content.decode()
    assert "Vous avez déjà 1 exports en attente" in html.replace("\u202f", " ")
    assert '<option value="group" selected>' in html


def test_behind_our_proxy_each_reader_has_a_limit_of_their_own(client: Client, settings: object) -> None:
    settings.EXPORTS_WAITING_PER_CLIENT, settings.LOOPBACK = 1, False  # type: ignore[attr-defined]
    statuses = []
    for forwarded, level in (("192.0.2.1", "a38"), ("192.0.2.2", "group"), ("192.0.2.2, 192.0.2.1", "a17")):
        headers = {"accept-language": "fr", "x-forwarded-for": forwarded}
        statuses.append(client.post(FORM, {"level": level}, headers=headers).status_code)
    # The third pretends to be the second: only what our proxy wrote, the last, counts.
    assert statuses == [303, 303, 429]
    assert not any("192.0.2" in value for value in Export.objects.values_list("client", flat=True))


def test_a_queue_says_how_many_are_before(ask: Ask, read: Read) -> None:  # noqa: F811
    first, second = ask(), ask("large")
    assert "C'est le prochain de la file" in read(url_of(first)).plain.replace("’", "'")
    page = read(url_of(second))
    assert re.search(r"1\s+avant vous dans la file", page.plain)
    section = page.one("section", css_class="export-state")
    assert section.attributes["hx-trigger"] == "every 2s"


def test_progress_is_shown_with_its_step(ask: Ask, read: Read) -> None:  # noqa: F811
    export = ask()
    Export.objects.filter(pk=export.pk).update(state=State.RUNNING, step="Rapport 3 sur 12", done=3, total=12)
    page = read(url_of(export))
    bar = page.one("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == ("25", "100")
    assert page.one("label").attributes["for"] == bar.attributes["id"]
    assert "Rapport 3 sur 12" in page.one("label").plain
    assert page.one("a", css_class="button").attributes["href"] == url_of(export)


def test_polling_asks_for_the_state_alone_and_stops_when_done(
    ask: Ask,
    get: Get,  # noqa: F811
    make_with: MakeWith,
) -> None:
    make_with(write_two)
    export = ask()
    asked = {"HX_Request": "true", "HX_Target": "export-state"}
    waiting = get(url_of(export), **asked).content.decode()
    assert "<html" not in waiting and "every 2s" in waiting
    run_export(str(export.pk))
    done = get(url_of(export), **asked)
    assert "hx-trigger" not in done.content.decode() and "Télécharger essai.txt" in text(done.content.decode())
    assert "no-store" in done.headers["Cache-Control"]


def test_a_file_is_handed_over_whole(ask: Ask, get: Get, make_with: MakeWith) -> None:  # noqa: F811
    make_with(write_two)
    export = ask()
    assert get(f"{url_of(export)}fichier/").headers["Location"] == url_of(export)
    run_export(str(export.pk))
    page = text(get(url_of(export)).content.decode())
    assert "600 ko" in page.replace("\u202f", " ").replace("\u00a0", " ") and "Gardé jusqu'au" in page
    response = get(f"{url_of(export)}fichier/")
    content = b"".join(response.streaming_content)
    export.refresh_from_db()
    assert hashlib.sha256(content).hexdigest() == export.sha256
    assert int(response.headers["Content-Length"]) == len(content) == 600_000
    assert response.headers["Content-Disposition"] == 'attachment; filename="essai.txt"'


def test_a_failure_says_why_and_is_tried_again(ask: Ask, client: Client, read: Read, make_with: MakeWith) -> None:  # noqa: F811
    def refuse(order: Order) -> Made:
        raise CannotMake("Cette région n'a aucun bassin.")

    make_with(refuse)
    export = ask()
    run_export(str(export.pk))
    page = read(url_of(export))
    assert "Cette région n'a aucun bassin." in page.one("p", css_class="lead").plain
    form = page.one("form")
    assert (form.attributes["method"], form.one("button").plain) == ("post", "Réessayer")
    again = f"{url_of(export)}reessayer/"
    # Followed as a link, it changes nothing.
    assert client.get(again).headers["Location"] == url_of(export)
    export.refresh_from_db()
    assert export.state == State.FAILED
    make_with(write_two)
    assert post(client, again).headers["Location"] == url_of(export)
    run_export(str(export.pk))
    export.refresh_from_db()
    assert export.state == State.DONE


def test_an_expired_file_says_so_and_is_asked_again(
    ask: Ask,
    client: Client,
    read: Read,  # noqa: F811
    make_with: MakeWith,
) -> None:
    make_with(write_two)
    export = ask()
    run_export(str(export.pk))
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() - timedelta(days=1))
    page = read(url_of(export))
    assert "a expiré le" in page.one("p", css_class="lead").plain
    gone = read(f"{url_of(export)}fichier/", 410)
    assert url_of(export) in gone.plain
    response = post(client, f"{url_of(export)}reessayer/")
    assert response.status_code == 303 and response.headers["Location"] != url_of(export)


def test_an_unknown_address_is_a_404_that_says_what_to_do(read: Read) -> None:  # noqa: F811
    page = read(f"/exports/{uuid.uuid4()}/", 404)
    assert "Aucun export ne porte cette adresse" in page.plain
    for address in ("fichier", "reessayer"):
        read(f"/exports/{uuid.uuid4()}/{address}/", 404)
    read("/exports/pas-une-adresse/", 404)
    assert "activites-bassins" in read("/exports/demander/rien/", 404).plain


def test_the_address_of_an_export_is_random(ask: Ask) -> None:
    assert ask().pk.version == 4
