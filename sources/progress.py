"""A progress bar that appears only when work lasts more than two seconds."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")

SECONDS_BEFORE_SHOWING = 2.0


def track(items: Iterable[Item], *, label: str, unit: str, total: int | None = None) -> Iterator[Item]:
    """Yield the items, drawing a bar on standard error when it takes long."""
    yield from tqdm(items, desc=label, unit=f" {unit}", total=total, delay=SECONDS_BEFORE_SHOWING, leave=False)
