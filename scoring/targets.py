"""What a basin may aim at: a rank among all, or a score."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.errors import BadQuestion

TARGET = re.compile(r"(top|score)([0-9]{1,6}(?:[.,][0-9]{1,6})?)")


@dataclass(frozen=True)
class Target:
    """A rank to reach (`kind` "top") or a score ("score")."""

    kind: str
    number: float

    @property
    def text(self) -> str:
        """The target as an address writes it: top20, score60.5."""
        return f"{self.kind}{self.number:g}"


def parse_target(text: str, count: int) -> Target:
    """Return a target; raises `BadQuestion` unless it is a rank from 1 to `count` or a score from 0 to 100."""
    if not text.strip():
        raise BadQuestion("target", _("Indiquez une cible (target) : top20 pour un rang, score60 pour un score."))
    match = TARGET.fullmatch(text.strip().lower())
    if match is None:
        raise BadQuestion(
            "target",
            _("« %(text)s » n'est pas une cible : écrivez top20 pour un rang, score60 pour un score.")
            % {"text": text[:40]},
        )
    kind, value = match[1], float(match[2].replace(",", "."))
    if kind == "top" and not (value == int(value) and 1 <= value <= count):
        raise BadQuestion(
            "target",
            _("« %(text)s » n'est pas un rang possible : un nombre entier de top1 à top%(count)s est attendu.")
            % {"text": text[:40], "count": count},
        )
    if kind == "score" and not 0 < value <= 100:
        raise BadQuestion(
            "target",
            _("« %(text)s » n'est pas un score possible : de plus de 0 à 100 points.") % {"text": text[:40]},
        )
    return Target(kind, value)
