"""What the names of an ADK say: kewenangan, BA, eselon I, satker, month and year."""

import re
from dataclasses import dataclass

MAIN, CONTROL_MEMBER, OPENING_MEMBER = "main", "T_CTRL.DBF", "T_SAWAL.DBF"
_STEM = r"KPPN_(KP|KD|DK|TP|UB)([0-9]{3})([0-9]{2})([0-9]{6})(0[1-9]|1[0-2])"
_MEMBER = re.compile(_STEM + r"\.0([0-9]{2})", re.IGNORECASE)
_TABLE = re.compile(r"T_GL([0-9]{2})00\.DBF", re.IGNORECASE)
# A browser or Windows may append "(1)", "- Copy", "- Salinan (2)" and the like before the extension.
_UPLOAD = re.compile(_STEM + r"(?![0-9]).{0,40}\.zip", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class AdkName:
    """The identity a satker ADK gives itself by name; `year` is the fiscal year with four digits."""

    kewenangan: str
    ba: str
    es1: str
    satker: str
    month: int
    year: int

    @property
    def stem(self) -> str:
        """The name without extension."""
        return f"KPPN_{self.kewenangan}{self.ba}{self.es1}{self.satker}{self.month:02d}"


def year_of_main(member: str) -> int | None:
    """The fiscal year in the name of a main member, None when the name is not one."""
    for pattern in (_MEMBER, _TABLE):
        if match := pattern.fullmatch(member):
            return 2000 + int(match.groups()[-1])
    return None


def identity(member: str, upload: str) -> AdkName | None:
    """The identity by the main member's own name, or for T_GLYY00.DBF by the upload's name."""
    year = year_of_main(member)
    basename = re.split(r"[/\\]", upload)[-1].strip()
    match = _MEMBER.fullmatch(member) or _UPLOAD.fullmatch(basename)
    if year is None or match is None:
        return None
    kewenangan, ba, es1, satker, month = match.groups()[:5]
    return AdkName(kewenangan.upper(), ba, es1, satker, int(month), year)
