"""The whole corpus."""

from tests.corpus.case import Case
from tests.corpus.of_archives import ARCHIVES
from tests.corpus.of_files import ENTRY_NAMES, MEMBERS, NAMES, TYPES
from tests.corpus.of_tables import DBF_STRUCTURE, IDENTITY
from tests.corpus.of_traits import ODD
from tests.corpus.of_values import CHARACTERS, INJECTIONS, VALUES

CORPUS: tuple[Case, ...] = (
    *TYPES,
    *NAMES,
    *ARCHIVES,
    *ENTRY_NAMES,
    *MEMBERS,
    *DBF_STRUCTURE,
    *VALUES,
    *IDENTITY,
    *CHARACTERS,
    *INJECTIONS,
    *ODD,
)
