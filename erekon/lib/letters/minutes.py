"""Minutes of a KPPN about its own ledger: a day sent again, posted and sent again, or data restored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from erekon.lib.indonesian import date_in_words, long_date
from erekon.lib.letters.letter import Letter, Letterhead, Signer, Table


class Kind(StrEnum):
    """What the minutes are about."""

    RESEND = "KIRIM_ULANG"
    POST_AND_RESEND = "POSTING_KIRIM_ULANG"
    RESTORE = "RESTORE"


TITLES = {
    Kind.RESEND: "BERITA ACARA KIRIM ULANG DATA",
    Kind.POST_AND_RESEND: "BERITA ACARA POSTING DAN KIRIM ULANG DATA",
    Kind.RESTORE: "BERITA ACARA RESTORE DATA",
}
_DONE = {
    Kind.RESEND: "telah dilakukan kirim ulang data buku besar kepada e-Rekon-LK untuk tanggal pembukuan berikut:",
    Kind.POST_AND_RESEND: "telah dilakukan posting dan kirim ulang data buku besar kepada e-Rekon-LK untuk tanggal "
    "pembukuan berikut:",
    Kind.RESTORE: "telah dilakukan restore data, dan data buku besar dikirim ulang kepada e-Rekon-LK untuk tanggal "
    "pembukuan berikut:",
}


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What was done, for which days, and why; `order` names the nota dinas where there is one."""

    head: Letterhead
    office: str
    place: str
    number: str
    made_on: date
    days: tuple[date, ...]
    reason: str
    order: str
    supervisor: Signer
    kepala: Signer
    backup_of: date | None = None


def minutes(kind: Kind, facts: MinutesFacts) -> Letter:
    """The minutes; raises ValueError for a restore that does not say from which backup."""
    if kind is Kind.RESTORE and facts.backup_of is None:
        raise ValueError("a restore names the day of its backup")
    rows = [("Tanggal pembukuan", _days(facts.days)), ("Sebab", facts.reason)]
    if facts.order:
        rows.append(("Nota dinas", facts.order))
    if kind is Kind.RESTORE and facts.backup_of is not None:
        rows.insert(0, ("Cadangan data", f"keadaan {long_date(facts.backup_of)}"))
    return Letter(
        name=TITLES[kind].capitalize(),
        head=facts.head,
        title=TITLES[kind],
        number=facts.number,
        place_date=f"{facts.place}, {long_date(facts.made_on)}",
        body=(
            f"Pada hari {date_in_words(facts.made_on)}, bertempat di {facts.office}, {_DONE[kind]}",
            Table(tuple(rows)),
            "Data yang dikirim ulang menggantikan kiriman sebelumnya untuk tanggal tersebut. Hasil rekonsiliasi yang "
            "memakai kiriman sebelumnya diproses ulang.",
            "Demikian berita acara ini dibuat dengan sebenarnya untuk digunakan sebagaimana mestinya.",
        ),
        signers=(facts.supervisor, facts.kepala),
    )


def _days(days: tuple[date, ...]) -> str:
    """Days that follow each other as a span, others one by one."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    words = [
        long_date(span[0]) if len(span) == 1 else f"{long_date(span[0])} s.d. {long_date(span[-1])}"
        for span in spans
    ]
    return ", ".join(words)
