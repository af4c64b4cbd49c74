"""The hands that near basins at the head of one ranking would share, counted once."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, largest, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import listed
from scoring.complementarity import complementarity
from scoring.criteria.skills import needed_families
from scoring.group_question import GroupQuestion
from scoring.group_question import Step as ChainStep
from scoring.shared_pool import SharedPool, shared_pools


def examples(case: Case) -> Sequence[Checked]:
    """Work out the jobs in place per post for the alert that names the basin, or else the first one; none without."""
    asked = GroupQuestion((ChainStep(case.ranking.question, ""),))
    pools = shared_pools(complementarity(case.facts, asked))
    if not pools:
        return ()
    pool = next((one for one in pools if case.index in one.members), pools[0])
    names = listed([case.facts.zones[one].name for one in pool.members])
    label = _("Emplois en place par poste : %(names)s") % {"names": names}
    return (Checked(label, _example(case, pool), pool.jobs_per_post, 1),)


def _example(case: Case, pool: SharedPool) -> Example:
    facts, profile = case.facts, case.profile
    _shares, columns = needed_families(facts, profile)
    labels, codes = facts.occupations.labels, facts.occupations.codes
    rows = []
    for column in columns:
        known = [float(facts.occupations.jobs[one, column]) for one in pool.members]
        jobs = math.fsum(one for one in known if not math.isnan(one))
        rows.append((jobs, (labels.get(codes[column], codes[column]), jobs)))
    total = math.fsum(jobs for jobs, _row in rows)
    posts = profile.jobs * len(pool.members)
    first, _others = largest(rows)
    result = total / posts
    steps = [
        Step(
            _("Emplois des métiers requis, chacun compté une fois"),
            about(equals("V", sum_of([num(jobs, 0) for _label, jobs in first[:4]], len(rows))), total, 0),
        ),
        Step(
            _("Rapportés aux postes d'un projet dans chaque bassin"),
            about(equals("r", frac(num(total, 0), times(num(len(pool.members)), num(profile.jobs, 0)))), result, 1),
        ),
    ]
    columns_shown = (Column(_("Famille de métiers"), is_french=True), Column(_("Emplois estimés"), "", 0))
    lines: list[Sequence[Cell]] = [row for _jobs, row in sorted(rows, key=lambda pair: -pair[0])]
    return Example(result, steps, Table("vivier", _("Le vivier, métier par métier"), columns_shown, lines))


def _title() -> str:
    return _("Le vivier commun : des bassins qui visent les mêmes bras")


def _symbols() -> Mapping[str, str]:
    return {
        "J_{bf}": _("emplois estimés de la famille de métiers dans le bassin"),
        "V": _("vivier du groupe : chaque emploi n'y est qu'une fois"),
        "m, j": _("nombre de bassins, et postes d'un projet"),
        "r": _("emplois en place pour chaque poste à pourvoir, si un projet s'installe dans chacun"),
    }


TOPIC = Topic(
    "vivier",
    _title,
    "explorer/_method_shared_pool.html",
    (r"V = \sum_{b} \sum_{f} J_{bf}", r"r = \frac{V}{m \times j}"),
    _symbols,
    examples,
)
