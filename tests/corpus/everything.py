"""The whole corpus."""

from tests.corpus.case import Case
from tests.corpus.of_archives import ARCHIVES
from tests.corpus.of_characters import CHARACTERS
from tests.corpus.of_entry_names import ENTRY_NAMES
from tests.corpus.of_identity import IDENTITY
from tests.corpus.of_members import MEMBERS
from tests.corpus.of_names import NAMES
from tests.corpus.of_numbers import VALUES
from tests.corpus.of_payloads import INJECTIONS
from tests.corpus.of_structure import DBF_STRUCTURE
from tests.corpus.of_traits import ODD
from tests.corpus.of_types import TYPES

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
