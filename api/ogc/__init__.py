"""OGC API Features: collections of the edition on show for geographic software, under `/ogc/`."""
