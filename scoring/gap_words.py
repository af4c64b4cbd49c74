"""What a gap says in one sentence, with its figures."""

from django.utils.translation import gettext as _

from scoring.gap import Gap
from scoring.levers import lever_table
from scoring.numbers import number, ordinal
from scoring.targets import Target
from scoring.what_if import rank_with


def target_words(target: Target) -> str:
    """Return a target as a sentence names it: "les 20 premiers", "60 points"."""
    if target.kind == "score":
        return _("%(points)s points") % {
            "points": number(target.number, 0 if target.number == int(target.number) else 1)
        }
    if target.number == 1:
        return _("la première place")
    return _("les %(count)s premiers") % {"count": number(target.number, 0)}


def counted_points(value: float) -> str:
    """Return points with their word, two decimals under one tenth; in French, the plural starts at two."""
    decimals = 1 if value >= 0.1 else 2
    written = number(value, decimals)
    return (_("%(points)s points") if round(value, decimals) >= 2 else _("%(points)s point")) % {"points": written}


def gap_sentence(gap: Gap) -> str:
    """Return the answer: whether the target is reached, at what effort, or how near the levers bring it."""
    return {"vetoed": _vetoed, "already": _already, "reached": _reached, "short": _short}[gap.status](gap)


def _words(gap: Gap) -> dict[str, object]:
    rank = int(gap.ranking.rank[gap.index])
    return {
        "name": gap.ranking.facts.zones[gap.index].name,
        "target": target_words(gap.target),
        "rank": ordinal(rank) if rank else _("sans rang"),
        "score": number(float(gap.ranking.score[gap.index]), 1),
        "need": counted_points(gap.need),
        "years": lever_table().horizon_years,
    }


def _vetoed(gap: Gap) -> str:
    sentences = " ".join(one.sentence for one in gap.ranking.basin(gap.ranking.facts.zones[gap.index].code).vetoes)
    return (
        _(
            "%(name)s est écarté par un critère éliminatoire : aucun changement de note ne lui donne un rang tant "
            "qu'il s'applique."
        )
        % _words(gap)
        + f" {sentences}"
    ).strip()


def _already(gap: Gap) -> str:
    return _("La cible est atteinte : %(name)s est %(rank)s avec %(score)s points, rien n'est à changer.") % _words(
        gap
    )


def _after(gap: Gap) -> dict[str, object]:
    score = sum((one.points for one in gap.proposals), float(gap.ranking.score[gap.index]))
    rank = rank_with(gap.ranking, gap.index, score)
    most_score = float(gap.ranking.score[gap.index]) + gap.most_points
    most_rank = gap.best_rank
    return {
        "effort": counted_points(gap.effort),
        "after_score": number(score, 1),
        "after_rank": ordinal(rank) if rank else "—",
        "most_score": number(most_score, 1),
        "most_rank": ordinal(most_rank) if most_rank else "—",
    }


def _reached(gap: Gap) -> str:
    return _(
        "Il manque %(need)s à %(name)s, %(rank)s, pour atteindre %(target)s. Le moindre effort qui y mène en "
        "%(years)s ans : %(effort)s d'effort, pour %(after_score)s points et le %(after_rank)s rang."
    ) % (_words(gap) | _after(gap))


def _short(gap: Gap) -> str:
    words = _words(gap) | _after(gap)
    if not gap.proposals:
        return (
            _(
                "Hors de portée en %(years)s ans : il manque %(need)s à %(name)s, %(rank)s, pour atteindre "
                "%(target)s, et aucun levier n'y bouge."
            )
            % words
        )
    out_of_reach = _(
        "Hors de portée en %(years)s ans : il manque %(need)s à %(name)s, %(rank)s, pour atteindre %(target)s."
    )
    if gap.best_rank == int(gap.ranking.rank[gap.index]):
        what_is_left = _(
            "Tous les leviers poussés à bout donneraient %(most_score)s points sans changer son rang : ce qui lui "
            "manque ne se rattrape pas par eux."
        )
    else:
        what_is_left = _(
            "Tous les leviers poussés à bout donneraient %(most_score)s points et le %(most_rank)s rang ; "
            "l'essentiel, %(after_score)s points et le %(after_rank)s rang, coûte %(effort)s d'effort."
        )
    return f"{out_of_reach} {what_is_left}" % words
