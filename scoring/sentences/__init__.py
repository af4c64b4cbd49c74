"""One sentence per criterion and basin, the same on page and interface: a figure, a unit, a rank, a source."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from scoring.numbers import number
from scoring.place import Place
from scoring.sentences import access, dynamics, fabric, land, living, skills

SENTENCES: dict[str, Callable[[Place], str]] = {
    key: told for pillar in (skills, fabric, land, access, living, dynamics) for key, told in pillar.SENTENCES.items()
}


def sentence(place: Place) -> str:
    """Return the sentence of a criterion in a basin; what is unknown is said, with what it does to the score."""
    status = str(place.measured.status[place.index])
    if status in ("missing", "suppressed", "absent"):
        return _unknown(place, status)
    return reason(place) + _(" ; ") + f"{place.source}."


def reason(place: Place) -> str:
    """Return the sentence of a known criterion without its source, for a list that has no room for both."""
    return SENTENCES[place.criterion.id](place)


def _unknown(place: Place, status: str) -> str:
    label = str(place.criterion.label)
    if status == "absent" and place.criterion.id == "fabric.neighbours":
        km = number(place.criterion.parameters["radius_km"], 0)
        told = _("%(label)s : aucun autre bassin n'a son centre à moins de %(km)s km") % {"label": label, "km": km}
        return told + _(" ; ") + f"{place.source}."
    if status == "absent":
        return _("%(label)s : n'existe pas sur ce territoire ; %(source)s.") % {"label": label, "source": place.source}
    reason = _("couvert par le secret statistique") if status == "suppressed" else _("non disponible pour ce bassin")
    return _("%(label)s : %(reason)s (%(source)s) ; compte pour la moitié de son poids, entre zéro et le maximum.") % {
        "label": label,
        "reason": reason,
        "source": place.source,
    }
