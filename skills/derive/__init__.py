"""Providers of the derived tables of the skills; importing this package registers them."""

from skills.derive import hires, nomenclatures, stock

__all__ = ["hires", "nomenclatures", "stock"]
