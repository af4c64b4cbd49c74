import threading

import pytest

from sources.ahead import read_ahead


def test_items_come_in_order_and_whole():
    assert list(read_ahead(range(1000), depth=2)) == list(range(1000))


def test_what_making_them_raises_is_raised_in_its_turn():
    def broken():
        yield 1
        raise LookupError("third line")

    items = read_ahead(broken(), depth=2)
    assert next(items) == 1
    with pytest.raises(LookupError, match="third line"):
        next(items)


def test_the_thread_ends_when_the_reader_goes_away():
    made = []

    def endless():
        number = 0
        while True:
            made.append(number)
            yield number
            number += 1

    items = read_ahead(endless(), depth=2)
    assert next(items) == 0
    items.close()
    assert "read-ahead" not in [thread.name for thread in threading.enumerate()]
    assert len(made) <= 5
