"""What a ranking was asked, in words: what settles its figures and differs from the defaults."""

from django.utils.translation import gettext as _

from explorer.question_form import amount_label
from explorer.wording import level_label, listed, mode_label, number
from scoring.definitions import PILLARS, criteria
from scoring.question import AGGREGATIONS, NORMALISATIONS, Question
from scoring.ranking import Ranking


def asked_of(ranking: Ranking) -> list[tuple[str, str]]:
    """Return pairs of label and words: the activity always, then each edit of the reader."""
    question, sector = ranking.question, ranking.sector
    pairs = [(_("Activité"), f"{sector.code} {sector.label} ({level_label(sector.level)})")]
    pairs += [(_("Projet"), words) for words in [project_words(question)] if words]
    if question.modes:
        shares = [f"{mode_label(mode)} {number(share, 0)}" for mode, share in question.modes]
        pairs.append((_("Transport"), ", ".join(shares)))
    if question.region:
        pairs.append((_("Région"), ranking.facts.regions[question.region]))
    if question.require:
        labels = [str(one.requirement.label) for one in ranking.outcomes if one.is_applied]
        pairs.append((_("Critères éliminatoires"), ", ".join(labels)))
    pairs.append((_("Poids"), weights_words(question)))
    return pairs + method_words(question)


def project_words(question: Question) -> str:
    """Return the size of the project as edited, empty when it is the usual one."""
    amounts = ((name, getattr(question, name)) for name in ("jobs", "hectares", "mw"))
    told = [
        f"{number(value, 0 if value == int(value) else 1)} {amount_label(name)}" for name, value in amounts if value
    ]
    return listed(told)


def weights_words(question: Question) -> str:
    """Return the weights that the reader set, each by its label, or that they are the default ones."""
    if not question.weights:
        return _("ceux par défaut")
    labels = {one.id: str(one.label) for one in (*PILLARS, *criteria())}
    return ", ".join(
        f"{labels[key]} {number(value, 0 if value == int(value) else 1)}" for key, value in question.weights
    )


def method_words(question: Question) -> list[tuple[str, str]]:
    """Return how values are put on one scale and added up, where it is not the usual way."""
    normalisations = {"percentile": _("par rang (centiles)"), "zscore": _("par écarts à la moyenne")}
    pairs = []
    if question.normalisation != NORMALISATIONS[0]:
        pairs.append((_("Mise à l'échelle"), normalisations[question.normalisation]))
    if question.aggregation != AGGREGATIONS[0]:
        pairs.append((_("Agrégation"), _("moyenne géométrique des piliers")))
    return pairs
