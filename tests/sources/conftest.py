"""The database as `sources` finds it before any import."""

import pytest
from django.db import connection


@pytest.fixture
def empty_database(db: None) -> None:
    """Empty, for the length of a test, the tables that the built-in edition fills."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE sources_edition, sources_source, basins_region CASCADE")
