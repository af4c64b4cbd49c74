"""What was asked of a ranking, in words: activity, project, weights that differ, method, requirements, region."""

from django.utils.translation import gettext as _

from explorer.presenters.why import profile_card
from explorer.wording import apart, level_label, listed, number, titled
from scoring.question import AGGREGATIONS, NORMALISATIONS, default_weights
from scoring.ranking import Ranking


def question_words(ranking: Ranking) -> list[tuple[str, str]]:
    """Return what settles the figures of a ranking as pairs of label and words; methods where not the default."""
    sector, question = ranking.sector, ranking.question
    found = [
        (_("Activité"), f"{sector.code} {sector.label} ({level_label(sector.level)})"),
        (_("Projet"), project_words(ranking)),
        (_("Poids"), weight_words(ranking)),
    ]
    if question.normalisation != NORMALISATIONS[0]:
        found.append((_("Notes des critères"), normalisation_words(question.normalisation)))
    if question.aggregation != AGGREGATIONS[0]:
        found.append((_("Agrégation"), aggregation_words(question.aggregation)))
    if question.require:
        found.append((_("Exigences appliquées"), requirement_words(ranking)))
    if question.region:
        found.append((_("Région"), region_words(ranking)))
    return found


def project_words(ranking: Ranking) -> str:
    """Return the size and modes of the project, what the reader changed marked."""
    edited, names = ranking.profile.edited, ("jobs", "hectares", "mw", "modes")
    figures = zip(names, profile_card(ranking.profile)["figures"], strict=True)
    return apart(
        titled(one["label"], one["value"]) + (f" ({one['evidence']})" if name in edited else "")
        for name, one in figures
    )


def weight_words(ranking: Ranking) -> str:
    """Return the weights that differ from the defaults, each beside its default."""
    defaults, labels = default_weights(ranking.facts.data_sets), weight_labels(ranking)
    edits = [
        _("%(label)s : %(value)s au lieu de %(default)s")
        % {"label": labels.get(key, key), "value": number(value, 1), "default": number(defaults[key], 1)}
        for key, value in ranking.question.weights
    ]
    return apart(edits) or _("ceux par défaut")


def weight_labels(ranking: Ranking) -> dict[str, str]:
    """Return the names of pillars and criteria."""
    pillars = {one.id: one.label for one in ranking.pillars}
    return pillars | {one.id: one.label for pillar in ranking.pillars for one in pillar.criteria}


def normalisation_words(normalisation: str) -> str:
    """Return how values become marks between 0 and 1."""
    return {
        "bounds": _("entre deux bornes nationales (par défaut)"),
        "percentile": _("par centile : part des bassins au-dessous"),
        "zscore": _("par écart à la moyenne, en écarts-types"),
    }[normalisation]


def aggregation_words(aggregation: str) -> str:
    """Return how the points of criteria make a score."""
    return {
        "arithmetic": _("somme pondérée (par défaut)"),
        "geometric": _("moyenne géométrique des piliers : une faiblesse se compense moins"),
    }[aggregation]


def requirement_words(ranking: Ranking) -> str:
    """Return the requirements that set basins aside."""
    return listed([str(one.requirement.label) for one in ranking.outcomes if one.is_applied])


def region_words(ranking: Ranking) -> str:
    """Return the region that the list is kept to; ranks stay those of the whole country."""
    values = {"region": ranking.facts.regions[ranking.question.region or ""], "kept": number(ranking.count, 0)}
    return _("%(region)s : %(kept)s bassins dans la liste, rangs nationaux") % values
