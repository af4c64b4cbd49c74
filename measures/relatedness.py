"""How near activities are to each other, and how much of what is near an activity a zone already has."""

import numpy as np

from measures.arrays import Flags, Floats, matrix, refuse_where, vector

__all__ = ["co_location", "co_variation", "densities", "profile_overlap", "proximity", "relatedness_density"]


def profile_overlap(needs: Floats, profiles: Floats, weights: Floats) -> Floats:
    """Share (k,) in 0-1 of what an activity needs that each profile also offers, weighted.

    sum over f of weight_f x min(need_f, profile_f), over sum of weight_f x need_f. `needs` (f,) and each row of
    `profiles` (k, f) are shares of occupations; `weights` (f,), such as their rarity, say how much each tells. 1 for a
    profile that covers every need, 0 for one that shares no occupation: skill relatedness read from what is hired, in
    the manner of Neffke and Henning (2013, "Skill relatedness and firm diversification") who read it from labour
    flows. NaN when nothing needed has a weight. ValueError for a negative share or weight.

    >>> needs, weights = np.array([0.5, 0.5, 0.0]), np.array([1.0, 0.5, 1.0])
    >>> profile_overlap(needs, np.array([[0.5, 0.5, 0.0], [0.25, 0.0, 0.75]]), weights).round(3)
    array([1.   , 0.333])
    """
    needed, worth = vector(needs, name="needs"), vector(weights, name="weights")
    offered = matrix(profiles, name="profiles")
    for name, values in (("needs", needed), ("profiles", offered), ("weights", worth)):
        refuse_where(values < 0, f"{name} must not be negative")
    total = float((worth * needed).sum())
    if not total > 0:
        return np.full(len(offered), np.nan)
    shared: Floats = np.minimum(needed, offered) @ worth / total
    return shared


def co_location(is_specialised: Flags) -> Floats:
    """How much more often than by chance two activities are at home in the same zones (k, k), in 0-1.

    With c_ij the zones specialised in both, n_i those in each and n all zones: R = c_ij n / (n_i n_j), brought to
    (R - 1) / (R + 1) as Neffke, Otto and Weyh (2017, "Inter-industry labor flows", JEBO 142) do, and to 0 where two
    activities meet less than by chance. The proximity of Hidalgo et al. (2007, Science 317), min(c_ij / n_i,
    c_ij / n_j), is not corrected for chance: it puts what is everywhere near to all. The diagonal is 0: an activity is
    not related to itself. `is_specialised` (n, k); an activity at home nowhere is related to none.

    >>> co_location(np.array([[True, True], [True, True], [False, False], [False, False]]))
    array([[0.        , 0.33333333],
           [0.33333333, 0.        ]])
    """
    flags = matrix(is_specialised, name="is_specialised")
    together = flags.T @ flags
    alone = np.diag(together)
    ratio = np.divide(together * len(flags), np.outer(alone, alone), out=np.zeros_like(together), where=together > 0)
    related: Floats = np.maximum((ratio - 1) / (ratio + 1), 0.0)
    np.fill_diagonal(related, 0.0)
    return related


def proximity(is_specialised: Flags) -> Floats:
    """Proximity (k, k) in 0-1 of Hidalgo et al. (2007, Science 317): the lesser of the two conditional probabilities.

    c_ij / max(n_i, n_j), with c_ij the zones specialised in both and n_i those in each (n, k). The published
    reference: not corrected for chance, and 1 on the diagonal, so that a density made of it counts the activity's own
    presence unless the diagonal is set to 0. An activity at home nowhere is near none, itself included.

    >>> proximity(np.array([[True, True], [True, False], [False, False]]))
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    flags = matrix(is_specialised, name="is_specialised")
    together = flags.T @ flags
    alone = np.diag(together)
    larger = np.maximum.outer(alone, alone)
    near: Floats = np.divide(together, larger, out=np.zeros_like(together), where=larger > 0)
    return near


def co_variation(presence: Floats) -> Floats:
    """Correlation (k, k) of the presence of activities over the zones, 0 where negative and on the diagonal.

    Pearson's, over the zones where every presence (n, k) is known. Reads how much there is of each, where
    `co_location` reads whether it is above the country. An activity that is the same everywhere varies with none.
    ValueError when fewer than two zones are known.

    >>> co_variation(np.array([[0.0, 0.0, 3.0], [1.0, 2.0, 2.0], [2.0, 4.0, 2.0]])).round(3)
    array([[0., 1., 0.],
           [1., 0., 0.],
           [0., 0., 0.]])
    """
    values = matrix(presence, name="presence")
    values = values[~np.isnan(values).any(axis=1)]
    if len(values) < 2:
        raise ValueError(f"co_variation needs two known zones at least, not {len(values)}.")
    # The same number everywhere has a deviation of a rounding, not of zero.
    is_flat = values.max(axis=0) == values.min(axis=0)
    centred = np.where(is_flat, 0.0, values - values.mean(axis=0))
    length = np.sqrt((centred**2).sum(axis=0))
    scaled = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
    found: Floats = np.clip(scaled.T @ scaled, 0.0, 1.0)
    np.fill_diagonal(found, 0.0)
    return found


def densities(presence: Floats, relatedness: Floats) -> Floats:
    """`relatedness_density` of every activity at once (n, k): column j is that of activity j.

    `presence` (n, k) without unknown, `relatedness` (k, k) with one column per activity asked. With the presence in 0
    and 1 and the `proximity`, the density of Hidalgo et al. (2007), the activity's own presence included; with 0 on
    the diagonal, masked. NaN for an activity related to none. ValueError for a negative relatedness or an unknown
    presence.

    >>> near = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> densities(np.array([[1.0, 0.0]]), near)
    array([[0., 1.]])
    """
    values, near = matrix(presence, name="presence"), matrix(relatedness, name="relatedness")
    refuse_where(np.isnan(values), "presence must be known")
    refuse_where(near < 0, "relatedness must not be negative")
    total = near.sum(axis=0)
    sums = values @ near
    density: Floats = np.divide(sums, total, out=np.full_like(sums, np.nan), where=total > 0)
    return density


def relatedness_density(presence: Floats, relatedness: Floats) -> Floats:
    """Mean presence (n,) of the activities related to one, weighted by how related each is.

    sum over j of relatedness_j x presence_nj, over sum of relatedness_j (Hidalgo et al. 2007; Boschma et al. 2013).
    The activity itself counts only if its own relatedness is not 0: give 0 to mask it, as the score does.
    `presence` (n, k) in any scale, kept; `relatedness` (k,). An unknown presence (NaN) is left out of both sums. NaN
    for a zone where nothing related is known. ValueError for a negative relatedness.

    >>> relatedness_density(np.array([[1.0, 0.0, 9.0], [np.nan, 0.5, 9.0]]), np.array([0.6, 0.2, 0.0])).round(3)
    array([0.75, 0.5 ])
    """
    weights = vector(relatedness, name="relatedness")
    refuse_where(weights < 0, "relatedness must not be negative")
    values = matrix(presence, name="presence")
    known = ~np.isnan(values)
    total = known @ weights
    density: Floats = np.divide(
        np.where(known, values, 0.0) @ weights, total, out=np.full(len(values), np.nan), where=total > 0
    )
    return density
