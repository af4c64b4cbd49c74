"""Objects of the services in, plain dicts for templates out."""
