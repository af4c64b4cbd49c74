"""The JSON interface under /api/v1/."""

VERSION = "0.1.0"
