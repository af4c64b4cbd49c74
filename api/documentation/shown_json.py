"""JSON as a reader looks at it: small objects on one line, long ones and long lists cut, which an ellipsis says."""

import json
from typing import Any

WIDTH = 96
ITEMS_SHOWN = 2
CUT = "…"


def shown(value: Any, indent: int = 0) -> str:
    """Return a value over lines of a readable width.

    >>> print(shown({"rank": 1, "rows": [{"a": 1}, {"a": 2}, {"a": 3}]}))
    {
      "rank": 1,
      "rows": [
        {"a": 1},
        {"a": 2},
        …
      ]
    }
    """
    written = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (is_flat(value) and len(written) <= WIDTH):
        return written
    if is_flat(value) and len(value) > len(written) / WIDTH * ITEMS_SHOWN and indent:
        return f"{written[:WIDTH].rpartition(', ')[0]}, {CUT}{written[-1]}"
    margin = " " * (indent + 2)
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {shown(one, indent + 2)}," for key, one in value.items()]
    else:
        lines = [f"{shown(one, indent + 2)}," for one in value[:ITEMS_SHOWN]] + [CUT] * (len(value) > ITEMS_SHOWN)
    lines[-1] = lines[-1].removesuffix(",")
    ends = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([ends[0], *(margin + line for line in lines), " " * indent + ends[1]])


def is_flat(value: Any) -> bool:
    """Whether nothing within a value has parts."""
    parts = value.values() if isinstance(value, dict) else value
    return not any(isinstance(one, dict | list) for one in parts)
