"""Turns of phrase shared by the sentences of several pillars."""

from django.utils.translation import gettext as _

from scoring.numbers import number


def times(value: float) -> str:
    """ "2,3 fois la moyenne nationale", said plainly near 1."""
    if 0.95 <= value <= 1.05:
        return _("comme la moyenne nationale")
    return _("%(value)s fois la moyenne nationale") % {"value": number(value, 2 if value < 2 else 1)}


def about(value: float) -> str:
    """The same for an estimate: "≈ 2,3 fois la moyenne nationale"."""
    return times(value) if 0.95 <= value <= 1.05 else f"≈ {times(value)}"
