"""What the page of a what-if reads beside the question: values changed, the scenario's name, scenarios kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from scoring.definitions import criteria
from scoring.errors import BadQuestion
from scoring.numbers import is_english
from scoring.pairs import parse_pairs, parse_signed, written_number, written_pairs
from scoring.ranking import Ranking
from scoring.what_if import check_change

MOST_KEPT = 3
LONGEST_NAME = 40
LONGEST_TYPED = 20
MARGINS_KEPT = "gardees"
# Separates the parts of a scenario kept: name, values, margins.
SEPARATOR = ";"
KEPT = tuple(f"s{place}" for place in range(1, MOST_KEPT + 1))


def parameters() -> tuple[str, ...]:
    """Return the names that the page reads beside those of a question."""
    return ("si", "marges", "scenario", "lang", *KEPT, *(f"v.{one.id}" for one in criteria()))


@dataclass(frozen=True)
class Scenario:
    """Values of some criteria, under a name; `keeps_margins` leaves around them the margin of today's estimates."""

    name: str
    changes: dict[str, float]
    keeps_margins: bool = False

    @property
    def text(self) -> str:
        """The scenario as an address keeps it."""
        parts = [self.name, written_pairs(self.changes), *([MARGINS_KEPT] if self.keeps_margins else [])]
        return SEPARATOR.join(parts)


@dataclass(frozen=True)
class WhatIfAsked:
    """The scenario on the page and those kept; `wrong` names the field not understood, fields kept as `typed`."""

    scenario: Scenario
    kept: tuple[Scenario, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    sentence: str = ""
    is_form: bool = False

    @classmethod
    def from_params(cls, params: QueryDict, ranking: Ranking, index: int) -> "WhatIfAsked":
        """Return what is asked; a value that cannot be understood stays as typed, with the sentence that says why."""
        typed = {name[2:]: params[name].strip()[:LONGEST_TYPED] for name in params if name.startswith("v.")}
        keeps = params.get("marges", "") == MARGINS_KEPT
        name = clean_name(params.get("scenario", ""))
        found = cls(Scenario(name, {}, keeps), (), typed, is_form=bool(typed))
        try:
            found = replace(found, kept=_kept(params, ranking))
            changes = _typed_changes(typed, ranking, index) if typed else _listed_changes(params, ranking)
        except BadQuestion as error:
            return replace(found, typed=typed or _as_typed(params), wrong=error.parameter, sentence=error.sentence)
        return replace(found, scenario=Scenario(name, changes, keeps))

    def url(self, zone_code: str, question_query: str) -> str:
        """Return the shortest address of this page."""
        pairs = []
        if self.scenario.changes:
            pairs.append(("si", written_pairs(self.scenario.changes)))
            if self.scenario.keeps_margins:
                pairs.append(("marges", MARGINS_KEPT))
            if self.scenario.name:
                pairs.append(("scenario", self.scenario.name))
        pairs += [(name, one.text) for name, one in zip(KEPT, self.kept, strict=False)]
        query = "&".join(filter(None, (question_query, urlencode(pairs, quote_via=quote, safe=":,.;"))))
        return f"{reverse('explorer:what-if', args=(zone_code,))}?{query}"

    def keeping(self) -> "WhatIfAsked | None":
        """Return the page once its scenario is kept, None when there is nothing to keep or no room."""
        if not self.scenario.changes or len(self.kept) >= MOST_KEPT:
            return None
        named = replace(self.scenario, name=self.scenario.name or default_name(len(self.kept)))
        return WhatIfAsked(Scenario("", {}), (*self.kept, named))

    def without(self, place: int) -> "WhatIfAsked":
        """Return the page without a scenario kept."""
        return replace(self, kept=(*self.kept[:place], *self.kept[place + 1 :]))

    def editing(self, place: int) -> "WhatIfAsked":
        """Return the page where a scenario kept is the one to change; the one on the page takes its place, if any."""
        others = self.without(place).kept
        current = (self.scenario,) if self.scenario.changes else ()
        return replace(self, scenario=self.kept[place], kept=(*others, *current)[:MOST_KEPT])


def default_name(place: int) -> str:
    """Return the name of a scenario that has none: A, B, C."""
    return _("Scénario %(letter)s") % {"letter": "ABCD"[place]}


def clean_name(text: str) -> str:
    """Return a name on one line, short, without what separates the parts of a scenario."""
    return " ".join(text.replace(SEPARATOR, " ").split())[:LONGEST_NAME]


def field_number(value: float, decimals: int) -> str:
    """Return a number as a field shows it: no separator of thousands, the decimal sign of the language."""
    text = f"{value:.{decimals}f}"
    return text if is_english() else text.replace(".", ",")


def shown_today(ranking: Ranking, index: int, column: int) -> str:
    """Return today's value of a criterion as its field shows it, empty where it is not known."""
    value = float(ranking.cells[column].measured.value[index])
    return "" if math.isnan(value) else field_number(value, ranking.used[column].decimals)


def shown_change(value: float) -> str:
    """Return a changed value as its field shows it, every digit kept."""
    return written_number(value) if is_english() else written_number(value).replace(".", ",")


def _typed_changes(typed: Mapping[str, str], ranking: Ranking, index: int) -> dict[str, float]:
    """Return the fields that differ from today's value as shown; an empty one is today's. Raises `BadQuestion`."""
    changes = {}
    for column, one in enumerate(ranking.used):
        text, today = typed.get(one.id, ""), shown_today(ranking, index, column)
        if not text:
            continue
        value = parse_signed(f"v.{one.id}", text, one.id)
        if not today or value != parse_signed("", today, one.id):
            _check(ranking, one.id, value)
            changes[one.id] = value
    return changes


def _listed_changes(params: QueryDict, ranking: Ranking) -> dict[str, float]:
    return _checked(ranking, parse_pairs("si", params.get("si", ""), [one.id for one in criteria()], fields="v."))


def _as_typed(params: QueryDict) -> dict[str, str]:
    """Return the values of a list that is not understood, to be shown in their fields."""
    parts = (part.partition(":") for part in params.get("si", "").split(","))
    return {key.strip(): text.strip()[:LONGEST_TYPED] for key, _colon, text in parts}


def _checked(ranking: Ranking, changes: dict[str, float]) -> dict[str, float]:
    for key, value in changes.items():
        _check(ranking, key, value)
    return dict(sorted(changes.items()))


def _check(ranking: Ranking, key: str, value: float) -> None:
    try:
        check_change(ranking, key, value)
    except BadQuestion as error:
        raise BadQuestion(f"v.{key}", error.sentence) from error


def _kept(params: QueryDict, ranking: Ranking) -> tuple[Scenario, ...]:
    """Return the scenarios kept; raises `BadQuestion` on one that is malformed."""
    found = []
    for place, name in enumerate(KEPT):
        text = params.get(name, "").strip()
        if not text:
            continue
        title, values, *rest = (*text.split(SEPARATOR), "")
        changes = _checked(ranking, parse_pairs(name, values, [one.id for one in criteria()]))
        if not changes:
            raise BadQuestion(
                name, _("Le scénario %(name)s est vide : nom;critère:valeur,… est attendu.") % {"name": name}
            )
        found.append(Scenario(clean_name(title) or default_name(place), changes, MARGINS_KEPT in rest))
    return tuple(found)
