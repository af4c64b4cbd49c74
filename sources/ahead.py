"""Reading ahead: the next items are made in a thread while the database takes the present one."""

import threading
from collections.abc import Iterable, Iterator
from queue import Full, Queue
from typing import Any, TypeVar

Item = TypeVar("Item")

SECONDS_BETWEEN_LOOKS = 0.1


def read_ahead(items: Iterable[Item], *, depth: int) -> Iterator[Item]:
    """Yield the items in order, at most `depth` of them ready in advance; what making them raises is raised here.

    The thread ends when the items do, or when the reader goes away.
    """
    ready: Queue[tuple[str, Any]] = Queue(maxsize=depth)
    is_over = threading.Event()

    def hand_over(kind: str, value: Any) -> bool:
        while not is_over.is_set():
            try:
                ready.put((kind, value), timeout=SECONDS_BETWEEN_LOOKS)
                return True
            except Full:
                continue
        return False

    def make() -> None:
        try:
            for item in items:
                if not hand_over("item", item):
                    return
            hand_over("end", None)
        except BaseException as error:
            hand_over("error", error)

    thread = threading.Thread(target=make, name="read-ahead", daemon=True)
    thread.start()
    try:
        while True:
            kind, value = ready.get()
            if kind == "error":
                raise value
            if kind == "end":
                return
            yield value
    finally:
        is_over.set()
        thread.join()
