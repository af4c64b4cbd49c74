"""Tiles in memory: bounded, the least recently asked leaves first."""

from api.tile_cache import ByteCache


def test_what_was_asked_last_stays() -> None:
    cache = ByteCache(most_bytes=10)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a") == b"1234"
    cache.put("c", b"1234")
    assert cache.get("b") is None and cache.get("a") == b"1234" and cache.get("c") == b"1234"
    assert cache.held_bytes == 8


def test_a_content_replaced_counts_once() -> None:
    cache = ByteCache(most_bytes=10)
    cache.put("a", b"12345678")
    cache.put("a", b"12")
    assert cache.held_bytes == 2 and cache.get("a") == b"12"


def test_what_is_larger_than_all_is_not_kept_and_empty_is() -> None:
    cache = ByteCache(most_bytes=3)
    cache.put("a", b"1234")
    assert cache.get("a") is None and cache.held_bytes == 0
    cache.put("b", b"")
    assert cache.get("b") == b""


def test_nothing_stays_when_forgotten() -> None:
    cache = ByteCache(most_bytes=3)
    cache.put("a", b"1")
    cache.clear()
    assert cache.get("a") is None and cache.held_bytes == 0
