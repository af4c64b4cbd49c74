"""What a page reads in its query string beside the question itself: search text, page number, accepted names."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from scoring.errors import BadQuestion, NotFound
from scoring.numbers import number
from scoring.question import PARAMETERS, refuse_unknown

PAGE_SIZE = 50
MAX_SEARCH_LENGTH = 200
FORM_PREFIXES = ("w.", "m.")
# What a question keeps when its activity changes: its level and its requirements are those of the activity.
CARRIED = ("preset", *(name for name in PARAMETERS if name not in ("level", "require")))

View = Callable[..., HttpResponse]


def accepts(*names: str) -> Callable[[View], View]:
    """Refuse a query string that holds a parameter the page does not know; `lang` is known everywhere."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **kwargs: str) -> HttpResponse:
            refuse_unknown(request.GET, (*names, "lang"))
            return view(request, **kwargs)

        return checked

    return decorate


def search_text(params: QueryDict) -> str | None:
    """Return what was typed in the search field, None when there is no such field; raises `BadQuestion`."""
    if "q" not in params:
        return None
    text = " ".join(params["q"].split())
    if not text:
        raise BadQuestion("q", _("La recherche est vide : écrivez un produit, une commune ou un code."))
    if len(text) > MAX_SEARCH_LENGTH:
        raise BadQuestion(
            "q",
            _("La recherche compte %(length)s caractères ; la limite est de %(limit)s.")
            % {"length": number(len(text), 0), "limit": MAX_SEARCH_LENGTH},
        )
    return text


def page_number(params: QueryDict) -> int:
    """Return the page asked, 1 by default; raises `BadQuestion` on anything but a whole number from 1."""
    text = params.get("page", "1").strip()
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise BadQuestion(
            "page",
            _("« %(text)s » n'est pas un numéro de page : un nombre entier à partir de 1 est attendu.")
            % {"text": text[:20]},
        )
    return int(text[:9])


def shown_rows(page: int, count: int) -> int:
    """Return how many rows a page shows: the list grows by fifty; raises `NotFound` past the end."""
    last = max(1, -(-count // PAGE_SIZE))
    if page > last:
        raise NotFound(
            _("La page %(page)s n'existe pas : cette liste en compte %(last)s.")
            % {"page": number(page, 0), "last": last}
        )
    return min(count, page * PAGE_SIZE)


def is_raw_form(params: QueryDict) -> bool:
    """Whether a query string comes straight from a form: its differences from the defaults are then a shorter one."""
    return any(
        name.startswith(FORM_PREFIXES)
        or name == "preset"
        or len(values) > 1
        or not any(value.strip() for value in values)
        for name, values in params.lists()
    )


def without_search(params: QueryDict) -> QueryDict:
    """Return the parameters without the empty search field that forms send along."""
    kept = params.copy()
    if not kept.get("q", "").strip() and "activite" in kept:
        kept.pop("q", None)
    return kept


def refuse_unknown_search(params: QueryDict) -> None:
    """Raise `BadQuestion` on what a search of activities cannot keep: requirements go with a named activity only."""
    names = [name for name in PARAMETERS if name != "require" or "activite" in params]
    refuse_unknown(params, ("q", "activite", *names, "preset", "lang"))


def search_level(params: QueryDict) -> str | None:
    """Return the level to search in; the level beside an activity is that of the activity."""
    return None if "activite" in params else params.get("level", "").strip() or None


def for_activity(params: QueryDict, code: str, level: str) -> QueryDict:
    """Return the same question about another activity."""
    asked = params.copy()
    for name in ("q", "require"):
        asked.pop(name, None)
    asked["activite"], asked["level"] = code, level
    return asked


def parameter_of(name: str) -> str:
    """Return the parameter that a field of a form writes, as `BadQuestion` names it."""
    return {"w.": "weights", "m.": "modes"}.get(name[:2], name[:40])


def carried(params: QueryDict, *, but: str = "") -> list[tuple[str, str]]:
    """Return what a question keeps when its activity changes, as typed, but for a parameter found wrong."""
    return [
        (name, values[-1])
        for name, values in params.lists()
        if (name in CARRIED or name.startswith(FORM_PREFIXES)) and values[-1].strip() and parameter_of(name) != but
    ]


def without(params: QueryDict, wrong: str) -> QueryDict | None:
    """Return the parameters but for a wrong one, None where it is not among them."""
    names = [name for name in params if parameter_of(name) == wrong]
    kept = params.copy()
    for name in names:
        del kept[name]
    return kept if names else None
