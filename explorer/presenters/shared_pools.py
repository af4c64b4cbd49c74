"""Near basins at the head of the same ranking: the hands they would share, counted once."""

from typing import Any

from django.utils.translation import gettext as _

from explorer.wording import listed, number, with_unit
from scoring.complementarity import Answer
from scoring.definitions import criterion
from scoring.shared_pool import HEAD, POOL_KM, SharedPool, concerning


def pool_cards(answer: Answer) -> dict[str, Any]:
    """Return the alerts that concern the question, in words: those short of hands, and the others."""
    cards = [pool_card(answer, one) for one in concerning(answer)]
    return {
        "head": HEAD,
        "km": with_unit(number(POOL_KM, 0), "km"),
        "short": [one for one in cards if one["is_short"]],
        "enough": [one for one in cards if not one["is_short"]],
        "count": len(cards),
    }


def rounded(jobs: float) -> str:
    """Return estimated jobs as precise as they are: to the ten, to the hundred from a thousand up."""
    return number(round(jobs, -2 if jobs >= 1000 else -1), 0)


def pool_card(answer: Answer, pool: SharedPool) -> dict[str, Any]:
    """Return an alert: who, how near, what each ranks, and whether the hands suffice for all."""
    ranking = answer.rankings[pool.step]
    ranks = zip(pool.members, pool.ranks, strict=True)
    enough = criterion("skills.depth").parameters["cap"]
    scarce = pool.scarcest_jobs / pool.scarcest_posts
    values = {
        "count": number(len(pool.members), 0),
        "posts": number(pool.posts, 0),
        "posts_alone": number(pool.posts_alone, 0),
        "pool": rounded(pool.pool),
        "low": rounded(pool.pool_low),
        "high": rounded(pool.pool_high),
        "scarcest": pool.scarcest,
        "jobs": number(pool.scarcest_jobs, 0),
        "needed": number(pool.scarcest_posts, 0),
        "per_post": number(scarce, 1 if scarce < 10 else 0),
        "enough": number(enough, 0),
    }
    return {
        "title": listed([answer.zone(one).name for one in pool.members]),
        "step": (answer.question.steps[pool.step].name or ranking.sector.label) if answer.question.is_chain else "",
        "ranks": listed(
            [_("%(name)s (rang %(rank)s)") % {"name": answer.zone(one).name, "rank": rank} for one, rank in ranks]
        ),
        "farthest": with_unit(number(pool.farthest_km, 0), "km"),
        "count": _(
            "Vivier compté une seule fois : ≈ %(pool)s emplois dans les métiers requis (entre %(low)s et %(high)s). "
            "Un projet dans chacun des %(count)s bassins demanderait %(posts)s postes, au lieu de %(posts_alone)s."
        )
        % values,
        "scarcest": _(
            "Le métier le plus court : « %(scarcest)s », ≈ %(jobs)s emplois en place pour %(needed)s postes, "
            "soit %(per_post)s par poste."
        )
        % values,
        "is_short": scarce < enough,
        "verdict": verdict(scarce < enough) % values,
    }


def verdict(is_short: bool) -> str:
    """Return what the scarcest occupation says, to be filled with `enough`."""
    if is_short:
        return _(
            "Sous %(enough)s emplois par poste, seuil de la profondeur du vivier, ils se disputeraient ces salariés."
        )
    return _("Au-dessus de %(enough)s emplois par poste : le vivier suffit à tous, mais ce sont les mêmes personnes.")
