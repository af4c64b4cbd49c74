"""A progress bar that appears only when work lasts more than two seconds."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")

SECONDS_BEFORE_SHOWING = 2.0


def track(
    items: Iterable[Item],
    *,
    label: str,
    unit: str,
    total: int | None = None,
    size: Callable[[Item], int] | None = None,
) -> Iterator[Item]:
    """Yield the items, drawing a bar on standard error when it takes long; an item counts for its `size`, or for 1."""
    bar = tqdm(desc=label, unit=f" {unit}", total=total, delay=SECONDS_BEFORE_SHOWING, leave=False)
    with bar:
        for item in items:
            yield item
            bar.update(size(item) if size else 1)
