"""A process that loads an edition is killed in the middle: the old edition stays whole and on show."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

from tests.sources.worlds import written_edition

TABLES = (
    "sources_edition",
    "sources_edition_releases",
    "sources_release",
    "basins_region",
    "basins_employmentzone",
    "basins_zonevalue",
)
# Where the lock stops the process: at its first table, at its last, at the very flip.
LOCKS = {
    "first table": "LOCK TABLE basins_region IN SHARE MODE",
    "last table": "LOCK TABLE basins_zonevalue IN SHARE MODE",
    "flip": "SELECT id FROM sources_edition WHERE is_current FOR UPDATE",
}


@pytest.fixture
def reader(fresh_database_url: str) -> Iterator[psycopg.Connection]:
    """A reader of the database, from outside the processes that write it."""
    address = urlunsplit(urlsplit(fresh_database_url)._replace(scheme="postgresql"))
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@pytest.fixture
def locker(fresh_database_url: str) -> Iterator[psycopg.Connection]:
    """Another one, to hold locks."""
    address = urlunsplit(urlsplit(fresh_database_url)._replace(scheme="postgresql"))
    with psycopg.connect(address) as connection:
        yield connection


def loading_process(folder: Path, address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "load_edition", str(folder), "--skip-checks"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def load(folder: Path, address: str) -> str:
    process = loading_process(folder, address)
    output, _nothing = process.communicate()
    assert process.returncode == 0, output
    return output


def wait_until_blocked(process: subprocess.Popen[str], reader: psycopg.Connection) -> int:
    """Return the server process that works for the loading one, once it waits for our lock."""
    waiting = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
    )
    while process.poll() is None:
        found = reader.execute(waiting).fetchone()
        if found:
            return int(found[0])
        time.sleep(0.02)
    pytest.fail(f"load_edition ended before it met the lock: {process.stdout and process.stdout.read()}")


def wait_until_gone(backend: int, reader: psycopg.Connection) -> None:
    """Wait for the end of a server process: its transaction is then rolled back."""
    while reader.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [backend]).fetchone():
        time.sleep(0.02)


def written_rows(reader: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of the tables that an edition writes, whatever the edition, as text."""
    return {
        table: [text for (text,) in reader.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")] for table in TABLES
    }


def shown(reader: psycopg.Connection) -> tuple[list[tuple[object, ...]], str]:
    """What the edition on show says: population and value of its zones, and the name of region 11."""
    rows = reader.execute(
        "SELECT z.code, z.population, v.value "
        "FROM basins_zonevalue v JOIN basins_employmentzone z ON z.id = v.zone_id "
        "JOIN sources_edition e ON e.id = v.edition_id AND e.id = z.edition_id WHERE e.is_current ORDER BY z.code"
    ).fetchall()
    [(name,)] = reader.execute("SELECT name FROM basins_region WHERE code = '11'").fetchall()
    return rows, name


OLD = ([("1101", 5, 5.0), ("1102", 5, None)], "Région 5")
NEW = ([("1101", 6, 6.0), ("1103", 6, None)], "Région 6")


@pytest.fixture
def new_edition(tmp_path: Path, fresh_database_url: str) -> Path:
    """The folder of an edition to come, an older one being on show."""
    written_edition(tmp_path / "old", 5)
    written_edition(tmp_path / "new", 6, codes=["1101", "1103"])
    load(tmp_path / "old", fresh_database_url)
    return tmp_path / "new"


@pytest.mark.parametrize("moment", LOCKS)
def test_kill_9_leaves_the_old_edition_whole_and_current(new_edition, moment, fresh_database_url, reader, locker):
    before = written_rows(reader)
    assert shown(reader) == OLD
    locker.execute(LOCKS[moment])
    process = loading_process(new_edition, fresh_database_url)
    try:
        backend = wait_until_blocked(process, reader)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    locker.rollback()
    wait_until_gone(backend, reader)
    assert written_rows(reader) == before
    assert "chargée" in load(new_edition, fresh_database_url), "nothing of the killed load is in the way"
    assert shown(reader) == NEW


def test_readers_see_the_old_edition_until_the_new_one_is_whole(new_edition, fresh_database_url, reader, locker):
    locker.execute(LOCKS["flip"])
    process = loading_process(new_edition, fresh_database_url)
    try:
        wait_until_blocked(process, reader)
        assert shown(reader) == OLD
    finally:
        locker.rollback()
        output, _nothing = process.communicate()
    assert process.returncode == 0, output
    assert shown(reader) == NEW
