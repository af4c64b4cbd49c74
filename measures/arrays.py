"""Array types of the numeric core and the checks that every measure makes on what it is given."""

import numpy as np
import numpy.typing as npt

__all__ = ["Flags", "Floats", "Integers", "matrix", "refuse_where", "vector"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

NAMED_AT_MOST = 5


def vector(values: npt.ArrayLike, *, name: str) -> Floats:
    """`values` as a float64 vector (n,). NaN is kept. ValueError, naming the argument, for any other shape.

    >>> vector([1, 2], name="weights")
    array([1., 2.])
    """
    return _with_dimensions(values, 1, name)


def matrix(values: npt.ArrayLike, *, name: str) -> Floats:
    """`values` as a float64 matrix (n, k). NaN is kept. ValueError, naming the argument, for any other shape.

    >>> matrix([[1, 2]], name="jobs").shape
    (1, 2)
    """
    return _with_dimensions(values, 2, name)


def _with_dimensions(values: npt.ArrayLike, dimensions: int, name: str) -> Floats:
    array: Floats = np.asarray(values, dtype=np.float64)
    if array.ndim != dimensions:
        raise ValueError(f"{name} must have {dimensions} dimension(s), not {array.ndim} (shape {array.shape}).")
    return array


def refuse_where(is_wrong: Flags, sentence: str) -> None:
    """Raise a ValueError made of `sentence` and the first positions where `is_wrong`; do nothing when there is none.

    >>> refuse_where(np.array([False, True, True]), "jobs must not be negative")
    Traceback (most recent call last):
    ...
    ValueError: jobs must not be negative: at position 1, 2.
    """
    if not is_wrong.any():
        return
    found = [tuple(int(i) for i in place) for place in np.argwhere(is_wrong)]
    named = ", ".join(str(place[0]) if len(place) == 1 else str(place) for place in found[:NAMED_AT_MOST])
    others = f" and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
    raise ValueError(f"{sentence}: at position {named}{others}.")
