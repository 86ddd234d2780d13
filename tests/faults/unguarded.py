"""Settings of the burst's control: the same portal with its sweep blind, so that what a kill took stays lost."""

from erekon.settings import *  # noqa: F403
from erekon.settings import INSTALLED_APPS as GUARDED

INSTALLED_APPS = [*GUARDED, "tests.faults.blind.Blind"]
