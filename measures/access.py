"""Distances between places and what can be reached from them."""

import numpy as np

from measures.arrays import Floats, matrix, refuse_where, vector

__all__ = [
    "EARTH_RADIUS_KM",
    "decayed_sum",
    "great_circle_km",
    "saturating_count",
    "unsaturated_count",
    "utility",
    "within_km_sum",
]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, (2a + b) / 3 of the GRS 80 ellipsoid (IUGG)."""


def great_circle_km(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> Floats:
    """Distances (n, m) in km "as the crow flies" from each place a (n,) to each place b (m,), given in degrees.

    Haversine formula on a sphere: within 0.6 % of the ellipsoid. NaN coordinates give NaN distances.
    ValueError for a latitude beyond 90 degrees, which is most often a longitude and a latitude exchanged.

    >>> great_circle_km(np.array([2.35]), np.array([48.85]), np.array([2.35, 5.37]), np.array([48.85, 43.30])).round(1)
    array([[  0. , 659.5]])
    """
    refuse_where(np.abs(vector(lat_a, name="lat_a")) > 90, "lat_a must lie between -90 and 90 degrees")
    refuse_where(np.abs(vector(lat_b, name="lat_b")) > 90, "lat_b must lie between -90 and 90 degrees")
    from_lon, from_lat = np.radians(vector(lon_a, name="lon_a"))[:, None], np.radians(lat_a)[:, None]
    to_lon, to_lat = np.radians(vector(lon_b, name="lon_b"))[None, :], np.radians(lat_b)[None, :]
    half_chord_squared = (
        np.sin((to_lat - from_lat) / 2) ** 2 + np.cos(from_lat) * np.cos(to_lat) * np.sin((to_lon - from_lon) / 2) ** 2
    )
    # Rounding can carry antipodes a hair above 1, where arcsin is undefined.
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord_squared, 0.0, 1.0)))
    return distance


def decayed_sum(distance_km: Floats, mass: Floats, *, decay_km: float) -> Floats:
    """Mass reached from each place (n,) or (n, k): sum over j of mass_j x exp(-distance_ij / decay_km).

    `distance_km` (n, m); `mass` (m,) or (m, k) in any unit, kept. An infinite distance counts for nothing. A result is
    NaN when a distance of its row is NaN or when an unknown mass would count in it: fill before calling.
    ValueError for a decay that is not positive.

    >>> decayed_sum(np.array([[0.0, 75.0, np.inf]]), np.array([10.0, 100.0, 1000.0]), decay_km=75.0).round(3)
    array([46.788])
    """
    if not decay_km > 0:
        raise ValueError(f"decay_km must be positive, not {decay_km}.")
    return _reached(np.exp(-matrix(distance_km, name="distance_km") / decay_km), mass)


def within_km_sum(distance_km: Floats, mass: Floats, *, radius_km: float, exclude_self: bool) -> Floats:
    """Mass (n,) or (n, k) of the places at `radius_km` or less, bounds included.

    `distance_km` (n, m); `mass` (m,) or (m, k). With `exclude_self` the diagonal is left out: the matrix must then be
    square, with the same place in row i and column i. A result is NaN when a distance of its row is NaN or when a mass
    inside the radius is unknown; unknown masses farther away do not matter.
    ValueError for a negative radius, or for a matrix that is not square with `exclude_self`.

    >>> distance_km = np.array([[0.0, 30.0], [30.0, 0.0]])
    >>> within_km_sum(distance_km, np.array([5.0, 7.0]), radius_km=50.0, exclude_self=True)
    array([7., 5.])
    """
    if not radius_km >= 0:
        raise ValueError(f"radius_km must not be negative, not {radius_km}.")
    distances = matrix(distance_km, name="distance_km")
    is_counted = np.where(np.isnan(distances), np.nan, distances <= radius_km)
    if exclude_self:
        if distances.shape[0] != distances.shape[1]:
            raise ValueError(f"exclude_self needs the same places in rows and columns, not shape {distances.shape}.")
        np.fill_diagonal(is_counted, 0.0)
    return _reached(is_counted, mass)


def _reached(kernel: Floats, mass: Floats) -> Floats:
    known = np.nan_to_num(mass, nan=0.0)
    is_unknown = (kernel > 0).astype(np.float64) @ np.isnan(mass).astype(np.float64) > 0
    return np.where(is_unknown, np.nan, kernel @ known)


def utility(distance_km: Floats, *, full_km: float, none_km: float) -> Floats:
    """What a distance is worth, in 0-1: 1 up to `full_km`, 0 from `none_km`, a straight line between them.

    Any shape, kept. NaN stays NaN; an infinite distance is worth 0. The thresholds are published figures, never
    percentiles of the sample. ValueError unless 0 <= full_km < none_km.

    >>> utility(np.array([3.0, 10.0, 30.0, np.nan]), full_km=5.0, none_km=30.0)
    array([1. , 0.8, 0. , nan])
    """
    if not 0 <= full_km < none_km:
        raise ValueError(f"utility needs 0 <= full_km < none_km, not {full_km} and {none_km}.")
    return np.clip((none_km - np.asarray(distance_km, dtype=np.float64)) / (none_km - full_km), 0.0, 1.0)


def saturating_count(count: Floats, *, scale: float) -> Floats:
    """1 - exp(-count / scale), in 0-1: the first ones matter, the hundredth does not. At `scale` it is worth 0.63.

    Any shape, kept. NaN stays NaN. ValueError for a negative count or a scale that is not positive.

    >>> saturating_count(np.array([0.0, 3.0, 300.0]), scale=3.0).round(3)
    array([0.   , 0.632, 1.   ])
    """
    if not scale > 0:
        raise ValueError(f"scale must be positive, not {scale}.")
    counts: Floats = np.asarray(count, dtype=np.float64)
    refuse_where(counts < 0, "a count must not be negative")
    worth: Floats = -np.expm1(-counts / scale)
    # exp(-0) - 1 is zero, its opposite minus zero.
    return worth + 0.0


def unsaturated_count(worth: Floats, *, scale: float) -> Floats:
    """-scale x ln(1 - worth): the count that `saturating_count` values so much; infinite for 1.

    Any shape, kept. NaN stays NaN. ValueError for a worth outside 0-1 or a scale that is not positive.

    >>> unsaturated_count(np.array([0.0, 0.6321205588, 1.0]), scale=3.0).round(3)
    array([ 0.,  3., inf])
    """
    if not scale > 0:
        raise ValueError(f"scale must be positive, not {scale}.")
    worths: Floats = np.asarray(worth, dtype=np.float64)
    refuse_where((worths < 0) | (worths > 1), "a worth must lie between 0 and 1")
    with np.errstate(divide="ignore"):
        count: Floats = -scale * np.log1p(-worths)
    return count + 0.0
