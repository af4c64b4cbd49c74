"""How sure a rank is, in words: the interval of one basin, and what makes the ranking move."""

from django.utils.translation import gettext as _

from scoring.definitions import FAMILIES
from scoring.numbers import number, ordinal
from scoring.rank_intervals import RankInterval
from scoring.ranked_basin import RankCertainty
from scoring.ranking import Ranking
from scoring.robustness import DRAWS, HEAD, MISSING, SCENARIOS, WEIGHTS, Cause

# Causes under this share of the spread are not told.
TOLD_SHARE = 0.1
TOLD_CAUSES = 3


def interval_sentence(interval: RankCertainty | RankInterval) -> str:
    """Return where nine draws in ten place a basin."""
    if interval.p05 == interval.p95:
        return _("%(rank)s dans 9 tirages sur 10") % {"rank": ordinal(interval.p05)}
    return _("entre le %(first)s et le %(last)s rang dans 9 tirages sur 10, médiane : %(median)s") % {
        "first": ordinal(interval.p05),
        "last": ordinal(interval.p95),
        "median": ordinal(interval.median),
    }


def tie_sentence(interval: RankCertainty) -> str:
    """Return how often a basin comes before the next one of the list; empty for the last."""
    if interval.before_next is None:
        return ""
    share = number(100 * interval.before_next, 0)
    if interval.is_tied:
        return _("à égalité avec le suivant : devant lui dans %(share)s %% des tirages") % {"share": share}
    return _("devant le suivant dans %(share)s %% des tirages") % {"share": share}


def chances_sentence(interval: RankCertainty) -> str:
    """Return how often a basin is among the first."""
    return _("parmi les dix premiers dans %(ten)s %% des tirages, parmi les vingt premiers dans %(twenty)s %%") % {
        "ten": number(100 * interval.top10, 0),
        "twenty": number(100 * interval.top20, 0),
    }


def spread_sentence(ranking: Ranking) -> str:
    """Return what makes the ranks of the leading basins move; empty when nothing does."""
    causes = [one for one in ranking.robustness.causes[:TOLD_CAUSES] if one.share >= TOLD_SHARE]
    if not causes:
        return ""
    told = ", ".join(
        _("%(cause)s (%(share)s %%)") % {"cause": cause_label(one), "share": number(100 * one.share, 0)}
        for one in causes
    )
    return _("Ce qui fait bouger les scores des premiers : %(causes)s.") % {"causes": told}


def cause_label(cause: Cause) -> str:
    """Return the name of what makes ranks move."""
    if cause.id == WEIGHTS:
        return _("le choix des poids")
    if cause.id == MISSING:
        return _("les données manquantes")
    return _("l'incertitude de la source « %(family)s »") % {"family": FAMILIES[cause.id]}


def head_sentence(ranking: Ranking) -> str:
    """Return whether the head of the ranking depends on the weights; empty when no basin is ranked."""
    head = ranking.robustness.head
    if head is None:
        return ""
    first = int(ranking.rank.tolist().index(1))
    size = min(HEAD, int(ranking.is_eligible.sum()))
    verdict = {
        "steady": _("Le haut du classement dépend peu des poids"),
        "partly": _("Le haut du classement dépend en partie des poids"),
        "shaky": _("Le haut du classement dépend beaucoup des poids"),
    }[head.verdict]
    told = _(
        "quand ils varient autour de ceux choisis, %(kept)s des %(size)s premiers le restent en moyenne, et %(name)s "
        "mène dans %(leads)s %% des cas."
    ) % {
        "kept": number(size * head.kept, 1),
        "size": size,
        "name": ranking.facts.zones[first].name,
        "leads": number(100 * head.leads, 0),
    }
    return _("%(verdict)s : %(told)s") % {"verdict": verdict, "told": told}


def draws_count() -> int:
    """Return how many rankings are drawn."""
    return SCENARIOS * DRAWS
