"""What is said of the grain of the local jobs, where some are known by sub-class."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.activity_profile import ActivityProfile
from scoring.criteria.fabric import is_whole
from scoring.facts import Facts
from scoring.numbers import number


def grain_note(facts: Facts, profile: ActivityProfile, covered_zones: int) -> str:
    """Return how many basins are read by sub-class and what that does to the others."""
    year = facts.subclass_jobs.years[-1]
    if is_whole(profile):
        return _("Emploi local lu par sous-classe (Urssaf, %(year)s) : l'activité elle-même, non sa branche.") % {
            "year": year
        }
    told = ngettext(
        "Emploi local lu par sous-classe (Urssaf, %(year)s) dans %(count)s bassin (%(share)s %% des emplois de la "
        "branche), par branche ailleurs.",
        "Emploi local lu par sous-classe (Urssaf, %(year)s) dans %(count)s bassins (%(share)s %% des emplois de la "
        "branche), par branche ailleurs.",
        covered_zones,
    ) % {"year": year, "count": covered_zones, "share": number(100 * profile.covered_share, 0)}
    return told + _(
        " Les deux se comparent avec prudence : la branche a des bornes plus larges, et la référence nationale de "
        "l'activité est en partie estimée."
    )
