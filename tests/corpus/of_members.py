"""Family: which members there are."""

from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import MAIN, UPLOAD, Case, drafted, spoilt
from tests.corpus.of_entry_names import named
from tests.unit.adk.formats.cast import satker

ALIENS = [
    b"BACA.TXT",
    b"setup.exe",
    b"T_GL26.DBF",
    b"T_CTRL.DBF.bak",
    b"T_CTRL",
    b"T_CTRL.DBT",
    b"T_SAWAL.FPT",
    b"T_CTRL.DBF ",
    b" T_CTRL.DBF",
    b"T_CTRL.DBF.",
    b".DBF",
    b"KPPN_KD0150836351609.zip",
    b"KPPN_KD0150836351609.DBF",
    b"KPPN_KD0150836351613.026",
    b"Thumbs.db",
    b"desktop.ini",
]


def _keep(*keys: str):
    def change(draft) -> None:
        for key in set(draft.tables) - set(keys):
            del draft.tables[key]

    return drafted(change)


def _twice(index: int, **changes: object):
    def again(members):
        first = members[index]
        return [*members, ZipMember(first.name.lower() if changes else first.name, first.content)]

    return drafted(lambda draft: draft.members_done.append(again))


def _crowd(count: int):
    more = [ZipMember(f"T_{n}.DBF".encode(), b"x") for n in range(count)]
    return drafted(lambda draft: draft.members_done.append(lambda members: [*members, *more]))


MEMBERS = [
    *(Case("members", f"alien {name!r}", "ISI_TIDAK_SESUAI", named(name)) for name in ALIENS),
    *(Case("members", f"member {n} twice", "ISI_TIDAK_SESUAI", _twice(n)) for n in range(3)),
    *(
        Case("members", f"member {n} twice, once in small letters", "ISI_TIDAK_SESUAI", _twice(n, lower=True))
        for n in range(3)
    ),
    Case("members", "both names of the main member", "ISI_TIDAK_SESUAI", named(b"T_GL2600.DBF")),
    Case("members", "two months", "ISI_TIDAK_SESUAI", named(b"KPPN_KD0150836351608.026")),
    Case("members", "only the control table", "ISI_TIDAK_SESUAI", _keep("control")),
    Case("members", "only the opening balances", "ISI_TIDAK_SESUAI", _keep("opening")),
    Case("members", "no main member", "ISI_TIDAK_SESUAI", _keep("control", "opening")),
    Case("members", "no member at all", "ISI_TIDAK_SESUAI", _keep()),
    Case("members", "no member, but a comment", "ISI_TIDAK_SESUAI", lambda: (UPLOAD, write_zip([], b"halo"))),
    *(Case("members", f"{3 + n} members", "ARSIP_BERBAHAYA", _crowd(n)) for n in (3, 10, 1000)),
    Case("members", "swapped contents", "STRUKTUR_DBF", spoilt(lambda _: _swapped())),
]


def _swapped() -> bytes:
    draft = satker()
    main, control = draft.tables["main"].build(), draft.tables["control"].build()
    return write_zip([ZipMember(MAIN, control), ZipMember(b"T_CTRL.DBF", main)])
