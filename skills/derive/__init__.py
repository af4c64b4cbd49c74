"""Providers of the derived tables of the skills; importing this package registers them."""

from skills.derive import hires, hiring, nomenclatures, stock, training

__all__ = ["hires", "hiring", "nomenclatures", "stock", "training"]
