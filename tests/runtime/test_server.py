"""The port is checked before anything long begins."""

import socket

import pytest

from config.setup.server import free_port, health_status, port_from, refuse_taken
from config.setup.steps import Failure


def test_port_by_default_and_as_asked() -> None:
    assert port_from({}) == 8000
    assert port_from({"PORT": "8123"}) == 8123


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "80a", "８０００", "8000 "])
def test_anything_but_a_port_is_refused(text: str) -> None:
    with pytest.raises(Failure, match="PORT"):
        port_from({"PORT": text})


def test_a_port_in_use_is_refused_and_another_proposed() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Failure) as refused:
            refuse_taken(port)
    assert refused.value.why == "un autre programme l'occupe"
    assert "make run PORT=" in refused.value.remedy
    refuse_taken(free_port())


def test_nobody_at_the_port_is_no_answer() -> None:
    assert health_status(free_port()) == 0
