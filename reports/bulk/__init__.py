"""Files too long to make while a reader waits, one maker a module; each exposes `MAKER`."""
