"""An ADK before it is bytes: plain values that the writer turns into a file, and that mistakes change."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adk.formats.dbfwriting import DELETED_KEY, TableStyle, write_table
from adk.formats.layout import Field
from adk.formats.zipwriting import ZipMember, write_zip

Row = dict[str, object]
Members = list[ZipMember]


@dataclass
class TableDraft:
    """One table of a draft: its member's name, layout, rows and the form they are written in."""

    name: str
    fields: Sequence[Field]
    rows: list[Row]
    style: TableStyle = field(default_factory=TableStyle)

    def build(self) -> bytes:
        """The member's bytes."""
        return write_table(self.fields, self.rows, self.style)


def live_totals(rows: Sequence[Row], amount: str = "RPHREAL") -> tuple[int, int, int]:
    """Live rows, sum of positive amounts, sum of negative ones as a positive number; what is no number is left out."""
    live = [row for row in rows if not row.get(DELETED_KEY)]
    amounts = [_number(row.get(amount)) for row in live]
    return len(live), sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0)


def _number(value: object) -> int:
    text = value.decode("cp1252") if isinstance(value, bytes) else str(value)
    return int(text) if text.strip().removeprefix("-").isdecimal() else 0


@dataclass
class Draft:
    """Tables and the changes to be made to their zip. `members_done` and `bytes_done` run in order."""

    filename: str
    tables: dict[str, TableDraft]
    table_done: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)
    members_done: list[Callable[[Members], Members]] = field(default_factory=list)
    bytes_done: list[Callable[[bytes], bytes]] = field(default_factory=list)
    zip64: bool = False

    def build(self) -> tuple[str, bytes]:
        """File name and bytes."""
        members = [
            ZipMember(table.name.encode("cp437"), self._table(key)) for key, table in self.tables.items()
        ]
        for change in self.members_done:
            members = change(members)
        content = write_zip(members, zip64=self.zip64)
        for final in self.bytes_done:
            content = final(content)
        return self.filename, content

    def _table(self, key: str) -> bytes:
        raw = self.tables[key].build()
        return self.table_done[key](raw) if key in self.table_done else raw

    def seal(self) -> None:
        """Make the control table, or a KPPN's HEADER, agree with the rows as they now stand."""
        if "control" in self.tables:
            control = self.tables["control"].rows[0]
            count, debit, credit = live_totals(self.tables["main"].rows)
            digest = hashlib.sha256(self._table("main")).hexdigest()
            control |= {"JMLREC": count, "TOTDEBET": debit, "TOTKREDIT": credit, "SHA256": digest}
        if "header" in self.tables:
            count, debit, credit = live_totals(self.tables["lak"].rows)
            cash = live_totals(self.tables["lkp"].rows)[0]
            self.tables["header"].rows[0] |= {
                "JMLLAK": count,
                "JMLLKP": cash,
                "TOTDEBET": debit,
                "TOTKREDIT": credit,
            }


def opening_rows(opening: dict[str, int], satker: str) -> list[Row]:
    """Rows of T_SAWAL from balances per account, D positive."""
    return [{"KDSATKER": satker, "KDPERK": account, "SALDO": amount} for account, amount in opening.items()]
