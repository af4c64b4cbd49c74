"""Exports asked and run in the process of the test, with makers of a few lines beside the real ones."""

from collections.abc import Callable
from typing import Any

import pytest

from reports import makers as registry
from reports import services
from reports.makers import Field, Made, Maker, Order
from reports.models import Export
from scoring.service import current_facts

SIZES = (("small", "petit"), ("large", "grand"))

Make = Callable[[Order], Made]


def maker(make: Make) -> Maker:
    """Return a maker with one field."""
    return Maker(
        id="essai",
        label=lambda: "Essai",
        description=lambda: "Un fichier d'essai.",
        fields=(Field("size", lambda: "Taille", lambda facts: SIZES),),
        told=lambda facts, parameters: dict(SIZES)[parameters["size"]],
        make=make,
    )


def write_two(order: Order) -> Made:
    """Write a file of two pieces and a bit, telling each half."""
    order.progress("Première moitié", 0, 2)
    order.output.write(b"a" * 400_000)
    order.progress("Seconde moitié", 1, 2)
    order.output.write(b"b" * 200_000)
    return Made("essai.txt", "text/plain")


@pytest.fixture
def make_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Make], None]:
    """Return a function that makes `essai` an export made by a function."""

    def use(make: Make) -> None:
        monkeypatch.setattr(registry, "makers", lambda: {"essai": maker(make)})

    return use


@pytest.fixture
def ask(db: None) -> Callable[..., Export]:
    """Return a function that asks for an export, of `essai` unless told otherwise."""

    def one(size: str = "small", *, client: str = "somebody", **changed: Any) -> Export:
        asked = services.Asked(
            **{"kind": "essai", "parameters": {"size": size}, "language": "fr", "base_url": "http://x", **changed}
        )
        return services.ask(current_facts(), asked, client=client)

    return one
