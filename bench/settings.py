"""The settings of the site, with one more address: the empty view that others are held against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
