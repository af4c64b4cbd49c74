"""The tiny world, and the facts of the built-in edition read once for all tests of scoring."""

import pytest

from scoring import service
from scoring.facts import Facts
from tests.scoring.world import tiny_facts


@pytest.fixture
def tiny() -> Facts:
    return tiny_facts()


@pytest.fixture
def real(db: None) -> Facts:
    """The built-in edition; kept in the process by the service itself."""
    return service.current_facts()
