"""Tiles kept in memory, the least recently asked leaving first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class ByteCache:
    """Byte strings by key, of which the total size stays under a bound; safe between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.held_bytes = 0
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """Return what is kept under a key, None when nothing is."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Hashable, content: bytes) -> None:
        """Keep a content; what has not been asked for longest makes room for it."""
        with self._lock:
            self.held_bytes += len(content) - len(self._held.pop(key, b""))
            self._held[key] = content
            while self.held_bytes > self.most_bytes:
                _key, dropped = self._held.popitem(last=False)
                self.held_bytes -= len(dropped)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self.held_bytes = 0
