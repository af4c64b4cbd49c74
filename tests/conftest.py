"""What every test shares: the test database is a copy of the template that holds the built-in edition."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

TEMPLATE = os.environ.get("BASSINS_TEST_TEMPLATE", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would empty every table, the edition of the other tests included."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            if marker.kwargs.get("transaction") or "transactional_db" in getattr(item, "fixturenames", ()):
                raise pytest.UsageError(f"{item.nodeid}: commit to a database of your own, see fresh_database_url")


@pytest.fixture
def fresh_database_url() -> Iterator[str]:
    """Return the DATABASE_URL of a new database with the built-in edition, for what commits or gets killed."""
    with fresh_database(f"fresh_{os.getpid()}") as url:
        yield url


@contextmanager
def fresh_database(name: str) -> Iterator[str]:
    """Give the DATABASE_URL of a new database with the built-in edition, which is dropped at the end."""
    if not TEMPLATE:
        pytest.fail("BASSINS_TEST_TEMPLATE is not set: run the tests with `make test`")
    parts = urlsplit(os.environ["DATABASE_URL"])
    administration = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))
    with psycopg.connect(administration, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
        connection.execute(drop)
        connection.execute(copy)
        yield urlunsplit(parts._replace(path=f"/{name}"))
        connection.execute(drop)
