"""What an activity cannot do without and a basin is known not to have, in the same words wherever it is told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from explorer.presenters.suggestion_words import lower_first
from explorer.tables import Column
from explorer.wording import listed
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.requirements import Requirement, lacking


def unmet_labels(found: Iterable[Requirement]) -> str:
    """Return requirements as a list in words; empty if there is none."""
    return listed([lower_first(str(one.label)) for one in found])


def unmet_of(facts: Facts, zone_code: str, node: Node) -> str:
    """Return what a basin lacks for an activity, as the ranking of the activity says of it; empty if nothing."""
    return unmet_labels(lacking(facts, node, facts.zone(zone_code)))


def unmet_lead() -> str:
    """Return what kind of need is lacking, before `unmet_words`."""
    return _("Besoin indispensable,")


def unmet_words(labels: str) -> str:
    """Return the words of what is lacking, `labels` being a list of requirements."""
    return _("ne remplit pas : %(labels)s") % {"labels": labels}


def unmet_sentence(labels: str) -> str:
    """Return what is lacking as a sentence, the words of the line of a ranking; empty if nothing."""
    return f"{unmet_lead()} {unmet_words(labels)}." if labels else ""


def with_unmet(told: str, labels: str) -> str:
    """Return an activity with what the basin lacks for it after it, if anything."""
    return f"{told} ({unmet_words(labels)})" if labels else told


def unmet_column() -> Column:
    """Return the column of a table that holds what is lacking."""
    return Column(_("Besoins indispensables non remplis"))
