"""What a verification says, in one word and one sentence."""

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """The word, and the exit code of the command. 1 is a crash of Python and 2 a wrong call: never a verdict."""

    SAH = ("SAH", 0)
    DIBATALKAN = ("DIBATALKAN", 3)
    TIDAK_DIKENAL = ("TIDAK DIKENAL", 4)
    ISI_BERBEDA = ("ISI BERBEDA", 5)

    def __init__(self, word: str, exit_code: int) -> None:
        self.word = word
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its reason."""

    verdict: Verdict
    sentence: str


class RejectedError(Exception):
    """A check that failed, with what is to be said of it."""

    def __init__(self, verdict: Verdict, sentence: str) -> None:
        super().__init__(sentence)
        self.finding = Finding(verdict, sentence)


def unknown(sentence: str) -> RejectedError:
    """Nothing here that this installation vouches for."""
    return RejectedError(Verdict.TIDAK_DIKENAL, sentence)


def different(sentence: str) -> RejectedError:
    """Signed by this installation's people, and not the document that they signed."""
    return RejectedError(Verdict.ISI_BERBEDA, sentence)
