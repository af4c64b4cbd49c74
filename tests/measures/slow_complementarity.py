"""Second implementations of the measures of groups: plain loops over every group, from the definitions."""

import math
from itertools import combinations


def near_groups(distance: list[list[float]], radius: float, size: int) -> list[list[int]]:
    return [
        list(group)
        for group in combinations(range(len(distance)), size)
        if all(distance[one][other] <= radius for one, other in combinations(group, 2))
    ]


def hosted(cells: list[float], known: list[bool], group: list[int], lead: int) -> float:
    best = cells[lead]
    for zone in group:
        if known[zone] and cells[zone] > best:
            best = cells[zone]
    return best


def pooled(cells: list[float], known: list[bool], mass: list[float], group: list[int], lead: int) -> float:
    total = summed = 0.0
    for zone in group:
        if (known[zone] or zone == lead) and not math.isnan(mass[zone]):
            total += mass[zone]
            summed += mass[zone] * cells[zone]
    return summed / total if total > 0 else cells[lead]


def chain(steps: list[list[float]], weights: list[float], group: list[int]) -> tuple[list[int], float]:
    zones, total = [], 0.0
    for scores, weight in zip(steps, weights, strict=True):
        best = group[0]
        for zone in group[1:]:
            if scores[zone] > scores[best]:
                best = zone
        zones.append(best)
        total += weight * scores[best]
    return zones, total / sum(weights)
