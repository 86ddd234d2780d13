"""Settings of the chaos runs: the portal with its clock and its poison in the nemesis' hand, guards off where told."""

from erekon.settings import *  # noqa: F403
from erekon.settings import INSTALLED_APPS as USUAL

INSTALLED_APPS = [*USUAL, "tests.chaos.spoiling.Spoiling"]
