"""The kinds of perimeter as addresses name them, and the words for each."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from basins.commune_sets import LIST_KIND, CommuneSet
from basins.models import Perimeter
from basins.perimeters import AnyPerimeter
from scoring.errors import NotFound

# The word of the address by kind; the order is that of the index.
SLUGS = {
    Perimeter.Kind.INDUSTRY_TERRITORY: "territoire-industrie",
    Perimeter.Kind.EPCI: "epci",
    Perimeter.Kind.DEPARTMENT: "departement",
    Perimeter.Kind.REGION: "region",
}
KINDS = {slug: kind for kind, slug in SLUGS.items()}
LIST_SLUG, NAME = "liste", "nom"
REPORT_SUFFIXES = ("pdf", "docx", "xlsx", "html")


def kind_of(slug: str) -> Perimeter.Kind:
    """Return the kind that an address names; raises `NotFound` with those that exist."""
    if slug not in KINDS:
        sentence = _("Il n'y a pas de périmètre de nature « %(slug)s ». Natures : %(accepted)s.")
        raise NotFound(sentence % {"slug": slug[:40], "accepted": ", ".join((*KINDS, LIST_SLUG))})
    return KINDS[slug]


def perimeter_url(kind: str, code: str) -> str:
    """Return the address of the page of a perimeter."""
    return reverse("explorer:perimeter", args=(slug_of(kind), code))


def slug_of(kind: str) -> str:
    """Return the word of the address of a kind, that of own lists included."""
    return LIST_SLUG if kind == LIST_KIND else SLUGS[Perimeter.Kind(kind)]


def page_url(found: AnyPerimeter) -> str:
    """Return the address of the page of a perimeter, with the name that its reader gives it."""
    return perimeter_url(found.kind, found.code) + name_query(found)


def figure_url(found: AnyPerimeter, figure: str) -> str:
    """Return the address of the file of a figure."""
    return reverse("explorer:perimeter-figure", args=(slug_of(found.kind), found.code, figure)) + name_query(found)


def report_links(found: AnyPerimeter, query: str) -> list[dict[str, str]]:
    """Return the addresses of the report of a perimeter in each form; `query` asks its score for an activity."""
    asked = "&".join(filter(None, (name_query(found).removeprefix("?"), query)))
    url = reverse("reports:perimeter", args=(slug_of(found.kind), found.code, "pdf")).removesuffix("pdf")
    return [
        {"label": suffix.upper(), "url": f"{url}{suffix}{'?' if asked else ''}{asked}"} for suffix in REPORT_SUFFIXES
    ]


def name_query(found: AnyPerimeter) -> str:
    """Return the part of the address that holds the name of an own list; empty for any other perimeter."""
    return named_query(found.given_name if isinstance(found, CommuneSet) else "")


def named_query(name: str) -> str:
    """Return the part of an address that holds a name, empty without one."""
    return f"?{urlencode({NAME: name})}" if name else ""


def kind_label(kind: str) -> str:
    """Return what a perimeter is, in words."""
    return _("Liste de communes") if kind == LIST_KIND else str(Perimeter.Kind(kind).label)


def kind_titles() -> dict[Perimeter.Kind, str]:
    """Return the title of a list of perimeters of each kind, in the order of the pages."""
    return {
        Perimeter.Kind.INDUSTRY_TERRITORY: _("Territoires d'industrie"),
        Perimeter.Kind.EPCI: _("Intercommunalités"),
        Perimeter.Kind.DEPARTMENT: _("Départements"),
        Perimeter.Kind.REGION: _("Régions"),
    }


def unknown(slug: str, code: str) -> NotFound:
    """Return the error of a code that no perimeter of a kind bears, with what such a code looks like."""
    expected = {
        Perimeter.Kind.INDUSTRY_TERRITORY: _("le code de l'ANCT, par exemple ti-0101"),
        Perimeter.Kind.EPCI: _("un SIREN de neuf chiffres, par exemple 200041630"),
        Perimeter.Kind.DEPARTMENT: _("deux ou trois caractères, par exemple 08, 2A ou 974"),
        Perimeter.Kind.REGION: _("deux chiffres, par exemple 44"),
    }[KINDS[slug]]
    sentence = _("Aucun périmètre de cette nature ne porte le code « %(code)s » : %(expected)s.")
    return NotFound(sentence % {"code": code[:20], "expected": expected})
