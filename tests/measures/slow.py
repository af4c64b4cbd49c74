"""Second implementations of the measures: plain loops, obvious, slow, written from the definitions."""

import math

Row = list[float]
Table = list[Row]


def distance_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Angle between two unit vectors, by their cross and dot products."""

    def unit(lon: float, lat: float) -> tuple[float, float, float]:
        lon, lat = math.radians(lon), math.radians(lat)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    (ax, ay, az), (bx, by, bz) = unit(lon_a, lat_a), unit(lon_b, lat_b)
    cross = math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    return 6371.0088 * math.atan2(cross, ax * bx + ay * by + az * bz)


def decayed_sum(distances: Row, masses: Row, decay_km: float) -> float:
    return sum(mass * math.exp(-distance / decay_km) for distance, mass in zip(distances, masses, strict=True))


def within_km_sum(distances: Row, masses: Row, radius_km: float, left_out: int | None) -> float:
    reached = 0.0
    for place, distance in enumerate(distances):
        if distance <= radius_km and place != left_out:
            reached += masses[place]
    return reached


def position(value: float, low: float, high: float, direction: str) -> float:
    if low == high:
        return 0.5
    if value <= low:
        share = 0.0
    elif value >= high:
        share = 1.0
    else:
        share = (value - low) / (high - low)
    return 1 - share if direction == "less" else share


def ideal_position(value: float, low: float, ideal_low: float, ideal_high: float, high: float) -> float:
    if ideal_low <= value <= ideal_high:
        return 1.0
    if value <= low or value >= high:
        return 0.0
    if value < ideal_low:
        return (value - low) / (ideal_low - low)
    return (high - value) / (high - ideal_high)


def percentile(values: Row) -> Row:
    shares = []
    for value in values:
        below = sum(1 for other in values if other < value)
        equal = sum(1 for other in values if other == value)
        shares.append((below + equal / 2) / len(values))
    return shares


def weighted_sum(cells: Row, weights: Row) -> float:
    return sum(weight * cell for weight, cell in zip(weights, cells, strict=True)) / sum(weights)


def geometric_by_pillar(cells: Row, weights: Row, pillars: list[int], floor: float) -> float:
    score = 1.0
    for pillar in set(pillars):
        inside = [i for i, own in enumerate(pillars) if own == pillar]
        weight = sum(weights[i] for i in inside)
        if weight > 0:
            mean = sum(weights[i] * cells[i] for i in inside) / weight
            score *= max(mean, floor) ** (weight / sum(weights))
    return score


def rank_descending(scores: Row, eligible: list[bool]) -> list[int]:
    """One plus the number of eligible zones that come before: a better score, or the same one earlier in the list."""
    ranks = []
    for i, score in enumerate(scores):
        before = 0
        for j, other in enumerate(scores):
            if eligible[j] and (other > score or (other == score and j < i)):
                before += 1
        ranks.append(before + 1 if eligible[i] else 0)
    return ranks


def covariance(a: Row, b: Row) -> float:
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    return sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True)) / len(a)


def effective_shares(cells: Table, weights: Row) -> Row:
    scores = [weighted_sum(row, weights) for row in cells]
    variance = covariance(scores, scores)
    return [
        weight / sum(weights) * covariance([row[c] for row in cells], scores) / variance
        for c, weight in enumerate(weights)
    ]


def spearman(a: Row, b: Row) -> float:
    ranks_a, ranks_b = percentile(a), percentile(b)
    return covariance(ranks_a, ranks_b) / math.sqrt(covariance(ranks_a, ranks_a) * covariance(ranks_b, ranks_b))


def fit_margins(seed: Table, rows: Row, columns: Row, pinned: Table, turns: int) -> Table:
    """Each free cell is seed x row factor x column factor; the factors are corrected in turn."""
    row_factors, column_factors = [1.0] * len(rows), [1.0] * len(columns)

    def cell(i: int, j: int) -> float:
        return seed[i][j] * row_factors[i] * column_factors[j] if math.isnan(pinned[i][j]) else pinned[i][j]

    def free(i: int, j: int) -> float:
        return cell(i, j) if math.isnan(pinned[i][j]) else 0.0

    for _ in range(turns):
        for i, total in enumerate(rows):
            whole, open_part = (
                sum(cell(i, j) for j in range(len(columns))),
                sum(free(i, j) for j in range(len(columns))),
            )
            if open_part > 0:
                row_factors[i] *= (total - (whole - open_part)) / open_part
        for j, total in enumerate(columns):
            whole, open_part = sum(cell(i, j) for i in range(len(rows))), sum(free(i, j) for i in range(len(rows)))
            if open_part > 0:
                column_factors[j] *= (total - (whole - open_part)) / open_part
    return [[cell(i, j) for j in range(len(columns))] for i in range(len(rows))]


def shift_share(start: Table, end: Table, i: int, k: int) -> tuple[float, float, float]:
    """National, structural and local effects of one cell, each from its own definition by growth rates."""
    all_start, all_end = sum(map(sum, start)), sum(map(sum, end))
    activity_start, activity_end = sum(row[k] for row in start), sum(row[k] for row in end)
    national = (all_end - all_start) / all_start
    activity = (activity_end - activity_start) / activity_start
    own = (end[i][k] - start[i][k]) / start[i][k]
    return start[i][k] * national, start[i][k] * (activity - national), start[i][k] * (own - activity)


def log_quotient(jobs: Table, shrink: float) -> Table:
    """From the table of jobs alone: what a zone has beside its share of each national column."""
    whole = sum(map(sum, jobs))
    table = []
    for row in jobs:
        line = []
        for k, own in enumerate(row):
            expected = sum(row) * sum(other[k] for other in jobs) / whole
            line.append(math.log(own + shrink) - math.log(expected + shrink))
        table.append(line)
    return table


def resolve_weights(default: dict[str, float], pillars: dict[str, str], edits: dict[str, float]) -> dict[str, float]:
    resolved = {}
    for key in default:
        siblings = [other for other in default if pillars[other] == pillars[key]]
        own = {other: edits.get(other, default[other]) for other in siblings}
        total = edits.get(pillars[key], sum(own.values()))
        resolved[key] = total * own[key] / sum(own.values()) if sum(own.values()) > 0 else total / len(siblings)
    whole = sum(resolved.values())
    return {key: weight / whole for key, weight in resolved.items()}
