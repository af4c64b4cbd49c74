"""What a sentence speaks of: one criterion in one basin."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured
from scoring.definitions import Criterion
from scoring.facts import Facts
from scoring.numbers import ordinal

# A mode that carries less than this is not told in the sentence.
TOLD_SHARE = 0.05


@dataclass(frozen=True, eq=False)
class Place:
    """What a sentence speaks of: one criterion in one basin."""

    facts: Facts
    profile: ActivityProfile
    criterion: Criterion
    measured: Measured
    index: int
    rank: int
    tied: int  # zones that share the rank, itself included
    ranked: int

    @property
    def value(self) -> float:
        return float(self.measured.value[self.index])

    def fact(self, name: str) -> float:
        return float(self.measured.facts[name][self.index])

    @property
    def standing(self) -> str:
        """Its rank among the basins where the criterion is known: "3e sur 306", "1er ex æquo sur 306"."""
        told = _("%(rank)s ex æquo sur %(count)s") if self.tied > 1 else _("%(rank)s sur %(count)s")
        return told % {"rank": ordinal(self.rank), "count": self.ranked}

    @property
    def source(self) -> str:
        """Producers and vintages behind the figure."""
        by_kind = self.criterion.parameters.get("kind_sources", {})
        slugs = [slug for kind in self.kinds for slug in by_kind[kind]] or self.criterion.sources
        # An inventory that a region has loaded is cited where it speaks, not in the rest of the country.
        local = self.criterion.parameters.get("local_sources", ())
        unheard = () if local and self.fact("is_local") else local
        cited = [self.facts.vintages[slug] for slug in slugs if slug in self.facts.vintages and slug not in unheard]
        return ", ".join(dict.fromkeys(f"{producer} {vintage}" for producer, _title, vintage in cited))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of logistics node that the activity's three main modes use; none but for the access criterion."""
        by_mode = self.criterion.parameters.get("modes", {})
        told = {mode: share for mode, share in self.profile.modes.items() if share >= TOLD_SHARE}
        return tuple(kind for mode in sorted(told, key=lambda one: -told[one])[:3] for kind in by_mode.get(mode, ()))
