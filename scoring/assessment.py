"""What the needs of an activity say of every basin, before any weight: cells, standings, sentences."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from django.utils.translation import get_language

from scoring.activity_profile import ActivityProfile
from scoring.cells import Cells, FloatArray
from scoring.definitions import PILLARS, Criterion
from scoring.facts import Facts
from scoring.place import Place
from scoring.sentences import reason, sentence

# A page shows some hundreds; a whole ranking asked by a program writes six thousand, which nobody reads twice.
MOST_KEPT = 1_000


@dataclass(frozen=True, eq=False)
class Assessment:
    """Cells of the criteria in use (k) over the zones of `facts` (n).

    Weights, filters and requirements do not move it. Sentences are kept once written, by language: moving a weight
    shows the same ones in another order.
    """

    facts: Facts
    profile: ActivityProfile
    used: tuple[Criterion, ...]
    cells: tuple[Cells, ...]
    _kept: dict[Hashable, str] = field(default_factory=dict, repr=False)

    @cached_property
    def normalised(self) -> FloatArray:
        """Normalised values (n, k) in 0-1."""
        return np.column_stack([cell.normalised for cell in self.cells])

    @cached_property
    def low(self) -> FloatArray:
        return np.column_stack([cell.low for cell in self.cells])

    @cached_property
    def high(self) -> FloatArray:
        return np.column_stack([cell.high for cell in self.cells])

    @cached_property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """True (n, k) where the value is a number."""
        return np.column_stack([~np.isnan(cell.measured.value) for cell in self.cells])

    @cached_property
    def is_informed(self) -> npt.NDArray[np.bool_]:
        """True (n, k) where the cell carries information: neither missing nor suppressed."""
        return np.column_stack([~np.isin(cell.measured.status, ("missing", "suppressed")) for cell in self.cells])

    @cached_property
    def pillar_index(self) -> npt.NDArray[np.int64]:
        """Position of the pillar of each criterion (k,)."""
        order = [pillar.id for pillar in PILLARS]
        return np.array([order.index(one.pillar) for one in self.used])

    @cached_property
    def _standings(self) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], int]]:
        """Competition rank (n,) on each criterion's value as shown, zones that share it (n,), and zones ranked."""
        found = []
        for criterion, cell in zip(self.used, self.cells, strict=True):
            # At the decimals on screen: two basins with one figure have one rank.
            shown = np.round(cell.measured.value, criterion.decimals)
            order = shown if criterion.direction == "less" else -shown
            known = np.sort(order[~np.isnan(order)])
            before = np.searchsorted(known, order, side="left")
            found.append((before + 1, np.searchsorted(known, order, side="right") - before, known.size))
        return found

    def place(self, index: int, column: int) -> Place:
        """Return what a sentence speaks of: a criterion in a basin, both by position."""
        ranks, tied, ranked = self._standings[column]
        standing = (int(ranks[index]), int(tied[index]), ranked)
        return Place(self.facts, self.profile, self.used[column], self.cells[column].measured, index, *standing)

    def sentence(self, index: int, column: int) -> str:
        """Return the sentence of a criterion in a basin, in the language of the reader."""
        return self.kept(("sentence", index, column), lambda: sentence(self.place(index, column)))

    def reason(self, index: int, column: int) -> str:
        """Return the same without its source; to be asked only where the value is known."""
        return self.kept(("reason", index, column), lambda: reason(self.place(index, column)))

    def kept(self, key: Hashable, write: Callable[[], str]) -> str:
        """Return a text that depends on the assessment, the language and the key alone, written once while kept."""
        named = (get_language(), key)
        text = self._kept.get(named)
        if text is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            text = self._kept[named] = write()
        return text
