"""Times: what a vintage covers, and which instants the parameter `datetime` asks for."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from scoring.errors import BadQuestion

VINTAGE = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|T(?P<quarter>[1-4])|(?P<last>\d{4})))?")
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2}))?", re.IGNORECASE | re.ASCII
)
OPEN = ("", "..")
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Interval:
    """Instants from `start` to `end`, both included."""

    start: datetime
    end: datetime

    def meets(self, other: "Interval") -> bool:
        """Whether two intervals have an instant in common."""
        return self.start <= other.end and other.start <= self.end


def covered(vintage: str) -> Interval | None:
    """Return what a vintage covers (`2024`, `2024-03`, `2025-T4`, `1998-2023`), None of one that is no date."""
    found = VINTAGE.fullmatch(vintage)
    if found is None:
        return None
    year, last = int(found["year"]), int(found["last"] or found["year"])
    month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
    length = 1 if found["month"] else 3 if found["quarter"] else 12
    after = last * 12 + month - 1 + length
    if not 1 <= year <= last < 9999:
        return None
    end = datetime(after // 12, after % 12 + 1, 1, tzinfo=UTC) - timedelta(seconds=1)
    return Interval(datetime(year, month, 1, tzinfo=UTC), end)


def read_datetime(text: str | None) -> Interval | None:
    """Return the instants asked for, None when there is no parameter; raises `BadQuestion`."""
    if text is None:
        return None
    ends = text.split("/")
    if len(ends) > 2 or all(one in OPEN for one in ends) or (len(ends) == 1 and text in OPEN):
        raise refused(text)
    start = EARLIEST if ends[0] in OPEN else instant(ends[0], text)
    end = LATEST if ends[-1] in OPEN else instant(ends[-1], text, is_end=True)
    if start > end:
        sentence = _("« %(text)s » n'est pas acceptable pour datetime : l'intervalle finit avant de commencer.")
        raise BadQuestion("datetime", sentence % {"text": text[:80]})
    return Interval(start, end)


def instant(written: str, text: str, *, is_end: bool = False) -> datetime:
    """Return an instant of RFC 3339, a day alone being its first or last second; raises `BadQuestion`."""
    if not INSTANT.fullmatch(written):
        raise refused(text)
    try:
        read = datetime.fromisoformat(written.upper())
        if read.tzinfo is None:
            read = read.replace(tzinfo=UTC)
            return read + timedelta(days=1, seconds=-1) if is_end else read
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise refused(text) from None


def refused(text: str) -> BadQuestion:
    """Return what is wrong with a time that cannot be read."""
    sentence = _(
        "« %(text)s » n'est pas acceptable pour datetime : donnez un instant comme 2024-03-01T00:00:00Z, ou un "
        "intervalle comme 2023-01-01T00:00:00Z/2024-12-31T23:59:59Z, dont un bout peut être « .. »."
    )
    return BadQuestion("datetime", sentence % {"text": text[:80]})
