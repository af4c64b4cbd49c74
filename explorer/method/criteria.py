"""The worked example of every criterion, by identifier: one module a family of measures."""

from explorer.method import dynamics, fabric, hiring, living, related, skills, surroundings
from explorer.method.worked import Method

METHODS: dict[str, Method] = {
    **skills.METHODS,
    **hiring.METHODS,
    **fabric.METHODS,
    **related.METHODS,
    **surroundings.METHODS,
    **living.METHODS,
    **dynamics.METHODS,
}
