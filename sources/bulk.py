"""Bulk writes by COPY."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from psycopg import Copy, sql


def lift_time_limit() -> None:
    """Let the statements of the current transaction run beyond the limit meant for pages."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


@contextmanager
def copying(model: type[models.Model], columns: Sequence[str]) -> Iterator[Copy]:
    """Open a COPY into the table of `model`, `columns` being field names."""
    names = [model._meta.get_field(name).column for name in columns]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        yield copy


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY tuples into the table of `model`, `columns` being field names; return the number of rows."""
    count = 0
    with copying(model, columns) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
