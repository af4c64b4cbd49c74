"""Every page in a real browser, one load each: axe in light and dark, every fold open, down to a phone and 400 %."""

import contextlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, TimeoutError, expect

RANKING = "/classement/?activite=32.50B"
GAP = "/bassins/8427/progresser/?activite=32.50B"
WHAT_IF = "/bassins/8427/et-si/?activite=32.50B"
FIVE = "/comparer/?bassins=2716,8425,8414,5206,3213"
GROUPS = "/complementarites/"
CHAIN = f"{GROUPS}?etapes=22.29A:pi%C3%A8ces,25.62A:vis,32.50B:montage,52.10B:logistique"
# One a state of a page: asked nothing, found, empty, known little.
ADDRESSES = (
    "/",
    RANKING,
    "/classement/?q=bijou",
    "/bassins/",
    "/bassins/?q=morez",
    "/bassins/2716/",
    "/bassins/0601/",
    "/bassins/2716/foncier/",
    "/bassins/2716/foncier/?surface=9000",
    "/bassins/2716/activites/?level=division&tri=branche&champ=tout",
    "/bassins/8425/activites/",
    "/bassins/8425/activites/?tri=filiere",
    "/bassins/8425/activites/?distance=near&weights=land:60",
    "/bassins/8425/activites/?filiere=retail",
    "/bassins/8425/ressources/",
    "/bassins/0601/ressources/",
    "/bassins/8425/semblables/",
    "/bassins/8425/semblables/?pour=acces&hors_region=1&nombre=20",
    "/bassins/0401/semblables/",
    "/bassins/2716/pourquoi/?activite=32.50B",
    GAP,
    f"{GAP}&target=top50",
    "/bassins/2716/progresser/?activite=32.50B",
    WHAT_IF,
    f"{WHAT_IF}&si=land.sites:4&scenario=Friches&s1=Sections;skills.training:0.5",
    "/activites/",
    "/activites/?q=jean",
    "/activites/27.20Z/",
    "/activites/27.20Z/?jobs=300&modes=road:60,rail:40&require=battery-site",
    "/activites/CL/",
    "/activites/27.20Z/chaine/?bassin=3213",
    "/activites/27.20Z/chaine/?bassin=0601",
    "/activites/14.13Z/chaine/",
    GROUPS,
    f"{GROUPS}?activite=14.13Z",
    f"{GROUPS}?activite=32.50B&distance=5",
    CHAIN,
    "/comparer/",
    "/comparer/?bassins=2716",
    "/comparer/?bassins=2716,8425",
    FIVE,
    f"{FIVE}&activite=32.50B",
    "/comparer/?bassins=2716&ajouter=saint",
    "/perimetres/",
    "/perimetres/?q=oyonnax",
    "/perimetres/departement/08/",
    "/perimetres/departement/08/?activite=27.20Z",
    "/perimetres/region/44/",
    "/perimetres/departement/974/",
    "/methode/",
    "/methode/?activite=27.20Z&bassin=3213",
    "/methode/?bassin=0601",
    "/methode/criteres/",
    "/methode/criteres/?bassin=0601",
    "/methode/validation/",
    "/methode/jugements/",
    "/methode/journal/",
    "/donnees/",
    "/donnees/indicateurs/living.long_vacancy_pct/",
    "/donnees/indicateurs/living.net_migration_pct/",
    "/accessibilite/",
)
REFUSED = (
    "/nulle/part/",
    "/classement/?activite=99.99Z",
    "/classement/?q=",
    "/activites/99.99Z/",
    "/perimetres/commune/01004/",
    "/perimetres/departement/8/",
    "/donnees/indicateurs/rien/",
    f"{GAP}&target=top0",
    f"{WHAT_IF}&si=living.care:900",
    f"{GROUPS}?etapes=",
    f"{GROUPS}?activite=32.50B&distance=5000",
    f"{GROUPS}?etapes=25.62A:vis,99.99X:montage",
)
# Charts take their new width after the window has.
SETTLED_MS = 5_000
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What 400 % leaves of a screen of 1,280.
ENLARGED = {"width": 320, "height": 640}

Violations = Callable[[Page], list[str]]


def sound(page: Page, violations: Violations) -> None:
    """Check the page that is open: axe at a desk and, in the dark, on a phone; nothing wider than the screen."""
    narrow(page, PHONE)
    unfold(page)
    narrow(page, PHONE)
    narrow(page, ENLARGED)
    page.set_viewport_size(DESK)
    assert violations(page) == [], "light, desk"
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    assert violations(page) == [], "dark, phone"


def unfold(page: Page) -> None:
    """Open every fold, as a reader may."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def narrow(page: Page, size: dict[str, int]) -> None:
    """Check that a small screen is not overflowed, once charts have taken their new width."""
    page.set_viewport_size(size)
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(
            "width => document.documentElement.scrollWidth <= width", arg=size["width"], timeout=SETTLED_MS
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], size


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sound_in_every_state(
    open_page: Callable[..., Page], accessibility_violations: Violations, address: str
) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sound(page, accessibility_violations)


@pytest.mark.expects_http_errors
@pytest.mark.parametrize("address", REFUSED)
def test_a_refusal_is_sound_too(
    open_page: Callable[..., Page], accessibility_violations: Violations, address: str
) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(address)
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page, accessibility_violations)
