"""Which activities an industrial geographical indication speaks for."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "indication_activities.toml"


@cache
def indication_prefixes() -> dict[str, tuple[str, ...]]:
    """Return the NAF prefixes of what each indication makes, by its name."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["prefixes"]
    return {name: tuple(prefixes) for name, prefixes in table.items()}


def makes(name: str, division: str, naf_code: str) -> bool:
    """Tell whether an indication speaks for a sub-class; one that the file does not name speaks for its division."""
    return naf_code.startswith(indication_prefixes().get(name, (division,)))
