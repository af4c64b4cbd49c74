"""Layers for geographic information systems: what they hold, how they are drawn, the files that carry them."""
