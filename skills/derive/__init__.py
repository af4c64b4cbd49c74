"""Providers of the derived tables of the skills; importing this package registers them."""

from skills.derive import context, hires, hiring, levels, nomenclatures, stock, tightness, training

__all__ = ["context", "hires", "hiring", "levels", "nomenclatures", "stock", "tightness", "training"]
