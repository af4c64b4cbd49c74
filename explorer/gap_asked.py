"""What the page of a gap reads beside the question: the target and the efforts, from its form or its address."""

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse

from scoring.errors import BadQuestion
from scoring.gap import check_efforts
from scoring.levers import lever_table
from scoring.pairs import parse_pairs, parse_signed, written_number, written_pairs
from scoring.question import Question
from scoring.targets import Target, parse_target

DEFAULT_TARGET = "top20"
OFFERED_TARGETS = ("top10", "top20", "top50")
OTHER = "score"
LONGEST_TYPED = 20


def parameters() -> tuple[str, ...]:
    """Return the names that the page reads beside those of a question."""
    return ("target", "points", "effort", "lang", *(f"e.{key}" for key in lever_table().levers))


@dataclass(frozen=True)
class GapAsked:
    """A target and efforts (differences from the defaults); `wrong` names the field not understood, kept as typed."""

    target: Target
    efforts: dict[str, float] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    sentence: str = ""
    is_form: bool = False

    @classmethod
    def from_params(cls, params: QueryDict, count: int) -> "GapAsked":
        """Return what is asked; what cannot be understood is kept as typed, with the sentence that says why."""
        typed = {name: params[name][:LONGEST_TYPED] for name in params if name.startswith("e.") or name == "points"}
        is_form = bool(typed)
        try:
            target = parse_target(_target_text(params), count)
        except BadQuestion as error:
            fallback = parse_target(DEFAULT_TARGET, max(count, 20))
            wrong = "points" if params.get("target") == OTHER else "target"
            typed |= {"target": params.get("target", "")[:LONGEST_TYPED]}
            return cls(fallback, {}, typed, wrong, error.sentence, is_form)
        try:
            efforts = _efforts(params)
        except BadQuestion as error:
            return cls(target, {}, typed, error.parameter, error.sentence, is_form)
        return cls(target, efforts, typed, is_form=is_form)

    def url(self, zone_code: str, question: Question) -> str:
        """Return the shortest address of this gap."""
        pairs = [("target", self.target.text)] if self.target.text != DEFAULT_TARGET else []
        if self.efforts:
            pairs.append(("effort", written_pairs(self.efforts)))
        query = "&".join(filter(None, (question.to_query("activite"), urlencode(pairs, quote_via=quote, safe=":,."))))
        return f"{reverse('explorer:gap', args=(zone_code,))}?{query}"


def _target_text(params: QueryDict) -> str:
    asked = params.get("target", "").strip() or DEFAULT_TARGET
    return f"{OTHER}{params.get('points', '').strip()}" if asked == OTHER else asked


def _efforts(params: QueryDict) -> dict[str, float]:
    """Return the efforts that differ from the defaults; a field left empty is the default. Raises `BadQuestion`."""
    defaults = {key: lever.effort for key, lever in lever_table().levers.items()}
    found = parse_pairs("effort", params.get("effort", ""), defaults, fields="e.")
    for key in defaults:
        text = params.get(f"e.{key}", "").strip()
        if text:
            found[key] = parse_signed(f"e.{key}", text, key)
    for key, value in found.items():
        try:
            check_efforts({key: value})
        except BadQuestion as error:
            raise BadQuestion(f"e.{key}", error.sentence) from error
    return {
        key: value for key, value in sorted(found.items()) if written_number(value) != written_number(defaults[key])
    }
