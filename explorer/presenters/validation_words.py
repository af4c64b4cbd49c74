"""The words of the validation bench: names of scores, metrics, controls, and the plain sentences of its verdict."""

from django.utils.translation import gettext as _

from explorer.wording import number, with_unit
from measures.validation import Interval
from scoring.validation.results import Results, TargetResults

# What is aimed at, and the least a method must hold (the interval must hold the rank that often).
AIMED_AREA, AIMED_COVERAGE = 0.80, 0.85
# What tells nothing gets this area under the ROC curve.
CHANCE = 0.5


def target_label(target: str) -> str:
    """Return what is judged, as the title of a table."""
    return {
        "specialised": _("Retrouver les bassins spécialisés, activité masquée"),
        "grown": _("Annoncer les fortes croissances de 2019 à 2024"),
    }[target]


def score_label(name: str) -> str:
    """Return the name of a score, a baseline, a ceiling or a design."""
    return {
        "score": _("Notre score, poids par défaut"),
        "score_dated": _("Notre score, entrées de 2019 ou d'avant seulement"),
        "score_late": _("Notre score, avec les entrées datées d'après 2019"),
        "random": _("Hasard"),
        "total_jobs": _("Emplois privés du bassin"),
        "industrial_jobs": _("Emplois industriels du bassin"),
        "co_location": _("Densité par co-localisation"),
        "correlation": _("Densité par corrélation"),
        "own_quotient": _("Quotient de la branche en 2019, sous 1"),
        "trees": _("Arbres de décision (plafond)"),
        "occupations": _("Métiers partagés, seuls"),
        "neighbours": _("Bassins voisins à 50 km, seuls"),
        "more_fabric": _("Poids doublé aux activités apparentées et aux voisins"),
        "more_fabric_dated": _("Le même, entrées de 2019 ou d'avant seulement"),
        "learned_pillars": _("Poids des piliers appris"),
        "learned_criteria": _("Poids des critères appris"),
        "learned_space": _("Parenté apprise branche par branche"),
        "learned_space_neighbours": _("Parenté apprise et voisins"),
    }[name]


def group_label(group: str) -> str:
    """Return the title of a group of scores."""
    return {
        "ours": _("Notre score"),
        "baselines": _("Repères simples"),
        "ceiling": _("Plafond"),
        "designs": _("Autres conceptions essayées"),
    }[group]


def metric_label(metric: str) -> str:
    """Return the short name of a metric, as the heading of a column."""
    return {
        "auc_pr": _("AUC-PR, toutes cases"),
        "roc_auc": _("ROC-AUC, toutes cases"),
        "auc_pr_within": _("AUC-PR par activité"),
        "roc_auc_within": _("ROC-AUC par activité"),
        "hit_10": _("Part juste des 10 premiers"),
        "ndcg_10": _("nDCG des 10 premiers"),
        "roc_auc_basin": _("ROC-AUC par bassin"),
    }[metric]


def control_label(control: str) -> str:
    """Return what a control changes."""
    return {
        "shuffled_basins": _("Réponses mélangées entre bassins"),
        "shuffled_cells": _("Réponses mélangées entre toutes les cases"),
        "shuffled_activities": _("Réponses d'une autre activité"),
        "random_weights": _("Poids au hasard, de tout signe"),
        "positive_weights": _("Poids au hasard, positifs"),
    }[control]


def metric_figure(metric: str, one: Interval) -> str:
    """Return a figure of a metric; of the area that has an aim, the third decimal says on which side it is."""
    return figure(one, 3 if metric == "roc_auc" else 2)


def figure(one: Interval, decimals: int = 2, *, signed: bool = False) -> str:
    """Return a figure with its interval: "0,68 (0,63 à 0,72)"."""
    # A rounding under zero is zero.
    parts = [round(part, decimals) + 0.0 for part in _parts(one)]
    value, low, high = (_signed(part, decimals) if signed else number(part, decimals) for part in parts)
    return _("%(value)s (%(low)s à %(high)s)") % {"value": value, "low": low, "high": high}


def _parts(one: Interval) -> tuple[float, float, float]:
    return one.value, one.low, one.high


def _signed(value: float, decimals: int) -> str:
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def share_figure(one: Interval, decimals: int = 0) -> str:
    """Return a share with its interval, in %."""
    value, low, high = (with_unit(number(100 * part, decimals), "%") for part in _parts(one))
    return _("%(value)s (%(low)s à %(high)s)") % {"value": value, "low": low, "high": high}


def verdicts(results: Results) -> list[str]:
    """Return what the bench says in plain sentences, good or bad."""
    masked, grown = results.targets["specialised"], results.targets["grown"]
    return [
        order_sentence(masked),
        goal_sentence(masked),
        first_ten_sentence(masked),
        rival_sentence(masked),
        activity_sentence(masked),
        growth_sentence(grown),
    ]


def order_sentence(target: TargetResults) -> str:
    """Say how well the basins of one activity are ordered."""
    ours, best = target.scores["score"]["roc_auc_within"], target.best["roc_auc_within"]
    return _(
        "Pour une activité donnée, un bassin spécialisé passe devant un bassin qui ne l'est pas %(ours)s fois sur 100 "
        "(%(low)s à %(high)s). Le hasard donne 50 ; le meilleur repère simple, « %(rival)s », %(theirs)s ; les arbres "
        "de décision, qui apprennent la réponse sur d'autres bassins, %(ceiling)s."
    ) % {
        "ours": number(100 * ours.value, 0),
        "low": number(100 * ours.low, 0),
        "high": number(100 * ours.high, 0),
        "rival": score_label(best).lower(),
        "theirs": number(100 * target.scores[best]["roc_auc_within"].value, 0),
        "ceiling": number(100 * target.scores["trees"]["roc_auc_within"].value, 0),
    }


def goal_sentence(target: TargetResults) -> str:
    """Say whether the area aimed at is reached, and by what."""
    ours = target.scores["score"]["roc_auc"]
    reached = [name for name, found in target.scores.items() if found["roc_auc"].value >= AIMED_AREA]
    designs = [score_label(name).lower() for name in reached if name not in ("own_quotient", "score")]
    values = {
        "aim": number(AIMED_AREA, 2),
        "ours": figure(ours),
        "designs": ", ".join(f"« {one} »" for one in designs),
    }
    if ours.value >= AIMED_AREA:
        return _("L'objectif d'une aire ROC de %(aim)s, toutes cases confondues, est atteint : %(ours)s.") % values
    if not designs:
        return (
            _(
                "L'objectif d'une aire ROC de %(aim)s, toutes cases confondues, n'est pas atteint : %(ours)s. Aucune "
                "conception essayée n'y arrive."
            )
            % values
        )
    return (
        _(
            "L'objectif d'une aire ROC de %(aim)s, toutes cases confondues, n'est pas atteint : %(ours)s. Y arrivent "
            "seulement des conceptions qui apprennent la réponse : %(designs)s."
        )
        % values
    )


def first_ten_sentence(target: TargetResults) -> str:
    """Say how many of the first ten basins are right."""
    return _(
        "Sur les dix premiers bassins d'une activité, %(ours)s sont spécialisés en moyenne ; un tirage au hasard en "
        "donne %(chance)s."
    ) % {
        "ours": number(10 * target.scores["score"]["hit_10"].value, 1),
        "chance": number(10 * target.scores["random"]["auc_pr_within"].value, 1),
    }


def rival_sentence(target: TargetResults) -> str:
    """Say whether the score is above the best baseline, interval included."""
    ratio, best = target.ratios["score"]["auc_pr_within"], target.best["auc_pr_within"]
    dated = target.ratios["score_dated"]["auc_pr_within"]
    values = {"rival": score_label(best).lower(), "ratio": figure(ratio), "dated": figure(dated)}
    if ratio.low > 1:
        return _("Il fait mieux que « %(rival)s », le meilleur repère simple : %(ratio)s fois son AUC-PR.") % values
    return (
        _(
            "Rien ne montre qu'il fasse mieux que « %(rival)s », le meilleur repère simple : %(ratio)s fois son "
            "AUC-PR par activité, et %(dated)s fois avec les seules entrées de 2019 ou d'avant. L'écart n'est sûr que "
            "si l'intervalle reste au-dessus de 1."
        )
        % values
    )


def rank_sentence(target: TargetResults) -> str:
    """Say in short how well the basins of an activity are ordered, and whether a simple baseline does as well."""
    best = target.best["roc_auc_within"]
    values = {
        "ours": number(100 * target.scores["score"]["roc_auc_within"].value, 0),
        "chance": number(100 * CHANCE, 0),
        "rival": score_label(best).lower(),
        "theirs": number(100 * target.scores[best]["roc_auc_within"].value, 0),
    }
    if target.ratios["score"]["roc_auc_within"].low > 1:
        return (
            _(
                "Jugé sur l'industrie, l'activité masquée, le score par défaut met un bassin spécialisé devant un "
                "autre %(ours)s fois sur 100 (hasard : %(chance)s), mieux que « %(rival)s », simple repère "
                "(%(theirs)s)."
            )
            % values
        )
    return (
        _(
            "Jugé sur l'industrie, l'activité masquée, le score par défaut met un bassin spécialisé devant un autre "
            "%(ours)s fois sur 100 (hasard : %(chance)s) ; rien ne montre qu'il fasse mieux que « %(rival)s », simple "
            "repère (%(theirs)s)."
        )
        % values
    )


def activity_sentence(target: TargetResults) -> str:
    """Say how well the activities of one basin are told apart."""
    basin = target.scores["score"]["roc_auc_basin"]
    values = {"area": figure(basin), "other": figure(target.controls["shuffled_activities"])}
    if basin.low > CHANCE:
        return (
            _("Il distingue aussi, dans un même bassin, quelle activité lui convient : aire ROC de %(area)s.") % values
        )
    return (
        _(
            "Privé des emplois de l'activité, il dit quels bassins sont industriels plus que pour quelle activité ils "
            "le sont : dans un même bassin, l'aire ROC est de %(area)s, et jugé sur une autre activité que la sienne "
            "il obtient encore %(other)s. Ce qui distingue une activité d'une autre est d'abord dans ce que l'épreuve "
            "masque."
        )
        % values
    )


def growth_sentence(target: TargetResults) -> str:
    """Say whether strong growth is announced."""
    ours, best = target.scores["score"]["roc_auc_within"], target.best["roc_auc_within"]
    theirs = target.scores[best]["roc_auc_within"]
    values = {"ours": figure(ours), "rival": score_label(best).lower(), "theirs": figure(theirs)}
    if ours.low > CHANCE and ours.value >= theirs.value:
        return _("Il annonce en partie les fortes croissances : aire ROC par activité de %(ours)s.") % values
    return (
        _(
            "Il n'annonce pas les fortes croissances : aire ROC par activité de %(ours)s, contre %(theirs)s pour "
            "« %(rival)s ». Gagner cent emplois est plus fréquent là où il y en a déjà beaucoup."
        )
        % values
    )
