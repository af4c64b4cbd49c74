"""Drawings as PNG, with the letters of the reports whatever fonts the machine has."""

import os
from functools import lru_cache

from reports.fonts import BOLD, FAMILY, LATIN, LATIN_EXTENDED, REGULAR, font_bytes, needs_extended

# Twice the pixels of the drawing: sharp on a projector and on paper.
USUAL_SCALE = 2
LEAST_WIDTH, LARGEST_WIDTH = 200, 4000
PAPER = "#ffffff"


def png(svg: str, *, width: int | None = None) -> bytes:
    """Return a drawing as PNG on white, `width` pixels wide, twice its own size by default.

    Raises ValueError on a width out of bounds: memory follows its square.
    """
    import resvg_py

    if width is not None and not LEAST_WIDTH <= width <= LARGEST_WIDTH:
        raise ValueError(f"{width} pixels: {LEAST_WIDTH} to {LARGEST_WIDTH} are drawn")
    subsets = (LATIN, LATIN_EXTENDED) if needs_extended([svg]) else (LATIN,)
    size = {"zoom": USUAL_SCALE} if width is None else {"width": width}
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        background=PAPER,
        skip_system_fonts=True,
        font_files=[font_path(weight, subset) for weight in (REGULAR, BOLD) for subset in subsets],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        **size,
    )


@lru_cache(maxsize=4)
def font_path(weight: int, subset: str) -> str:
    """Return where a font is read: a file in memory, for resvg takes only paths; it lives as long as the process."""
    descriptor = os.memfd_create(f"bassins-{subset}-{weight}")
    os.write(descriptor, font_bytes(weight, subset))
    return f"/proc/self/fd/{descriptor}"
