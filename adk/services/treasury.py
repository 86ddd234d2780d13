"""The KPPN's road in: receive its ADK, read it strictly, load the treasury ledger."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import structlog
from django.db import IntegrityError, transaction

from accounts.actors import Actor, record
from accounts.models import Kppn, User
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from adk.formats.findings import Finding
from adk.formats.treasury import TreasuryReading, read_treasury, to_lines
from adk.models import TreasuryFinding, TreasuryIntake, Verdict
from adk.services.receiving import Received, refuse_oversize
from erekon.lib import files
from erekon.lib.leases import LeaseLost, claim, finish, give_back
from erekon.lib.refusals import Refusal
from erekon.lib.ring import ring
from reconciliation.matching.lines import Lines
from reconciliation.services.ledger import IdtrnTakenError, LedgerTooLargeError, PostedRow, load_rows
from reconciliation.services.rerunning import rerun_stale_cases

LOAD_TASK = "adk.tasks.load_treasury"
logger = structlog.get_logger(__name__)
_WAITING = TreasuryIntake.objects.all()


def receive_treasury(*, user: User, file: Received, now: datetime) -> TreasuryIntake:
    """Record one KPPN ADK of the sender's own KPPN; bytes before row before answer.

    Raises BUKAN_HAK, TOLAK_UKURAN, and KIRIM_ULANG_TIDAK_PERLU when a standard ADK of that date stands.
    """
    actor, kppn = _sender(user, file.at)
    refuse_oversize(len(file.content))
    day = _named_day(file.filename, kppn.code)
    _refuse_resend(kppn, day)
    sha256 = files.store(file.content)
    with transaction.atomic():
        intake = TreasuryIntake.objects.create(
            kppn=kppn,
            day=day,
            filename=file.filename[-255:],
            sha256=sha256,
            size=len(file.content),
            received_at=file.at,
            received_by=user,
            not_before=now,
            queued_at=now,
            rung_at=now,
        )
        ring(LOAD_TASK)
        record(
            actor,
            at=now,
            action="TERIMA_ADK_KPPN",
            subject=f"kiriman:{intake.pk}",
            content={"kppn": kppn.code, "sha256": sha256, "size": intake.size},
        )
    return intake


def load_next(*, now: datetime) -> TreasuryIntake | None:
    """Claim the oldest waiting KPPN ADK, check and load it; None when nothing waits. Safe to call twice."""
    intake = claim(_WAITING, now=now)
    if intake is None:
        return None
    try:
        _load(intake, now)
    except LeaseLost:
        logger.info("intake_taken_back", intake=intake.pk)
    except Exception as error:
        logger.exception("treasury_load_failed", intake=intake.pk)
        give_back(intake, now=now, error=repr(error))
    else:
        # The intake is done: what fails here is no failure of it, and the sweep looks for stale cases too.
        rerun_stale_cases(now=now)
    return intake


def _sender(user: User, at: datetime) -> tuple[Actor, Kppn]:
    able = roles_with(Power.SEND_TREASURY)
    for assignment in assignments_of(user, at):
        if assignment.role in able:
            return Actor(user, assignment.role, assignment), Kppn.objects.get(pk=assignment.place)
    raise Refusal("BUKAN_HAK")


def _named_day(filename: str, kppn: str) -> date | None:
    """The ledger date that the file's name says, when it is this KPPN's name; the content decides later."""
    match = re.search(r"KPPN(\w{3})_(\d{8})", filename.upper())
    if match is None or match[1] != kppn:
        return None
    try:
        return datetime.strptime(match[2], "%Y%m%d").date()  # noqa: DTZ007  a calendar day
    except ValueError:
        return None


def _refuse_resend(kppn: Kppn, day: date | None) -> None:
    standing = TreasuryIntake.objects.filter(kppn=kppn, day=day, verdict=Verdict.STANDAR)
    if day is not None and standing.exists():
        raise Refusal("KIRIM_ULANG_TIDAK_PERLU", kppn=kppn.code, tanggal=f"{day:%d-%m-%Y}")


def _load(intake: TreasuryIntake, now: datetime) -> None:
    reading = read_treasury(files.read(intake.sha256), intake.filename, intake.kppn_id)
    if reading.verdict != Verdict.STANDAR or reading.rows is None:
        with transaction.atomic():
            finish(intake, now=now)
            _store(
                intake, reading.findings, reading.findings_total, verdict=reading.verdict, day=reading.date
            )
        return
    try:
        _store_standard(intake, reading, reading.rows, now)
    except (IdtrnTakenError, LedgerTooLargeError, IntegrityError) as error:
        _store_refused(intake, reading, _why_not_loaded(error, reading.date), now)


def _store_standard(intake: TreasuryIntake, reading: TreasuryReading, rows: Lines, now: datetime) -> None:
    posted = rows[rows["tglpost"] != b""]
    with transaction.atomic():
        finish(intake, now=now)
        _store(
            intake,
            reading.findings,
            reading.findings_total,
            verdict=Verdict.STANDAR,
            day=reading.date,
            rows=len(rows),
            unposted=len(rows) - len(posted),
        )
        load_rows(kppn=intake.kppn_id, source=intake.sha256, rows=_posted_rows(posted), now=now)


def _store_refused(
    intake: TreasuryIntake, reading: TreasuryReading, findings: list[Finding], now: datetime
) -> None:
    with transaction.atomic():
        finish(intake, now=now)
        _store(intake, findings[:200], len(findings), verdict=Verdict.TIDAK_STANDAR, day=reading.date)


def _store(intake: TreasuryIntake, findings: Any, total: int, **values: Any) -> None:
    TreasuryFinding.objects.bulk_create(
        [
            TreasuryFinding(
                intake=intake,
                position=position,
                code=finding.code,
                severity=finding.severity,
                member=finding.member,
                row=finding.row,
                field=finding.field,
                params=finding.params,
            )
            for position, finding in enumerate(findings)
        ]
    )
    TreasuryIntake.objects.filter(pk=intake.pk).update(findings_total=total, **values)


def _why_not_loaded(error: Exception, day: date | None) -> list[Finding]:
    """What keeps rows that read well out of the ledger as it stands."""
    if isinstance(error, IdtrnTakenError):
        return [_about_rows("IDTRN", "idtrn_ada", idtrn) for idtrn in error.idtrns]
    if isinstance(error, LedgerTooLargeError):
        return [_about_rows("RPHREAL", "jumlah_satker", satker) for satker in error.satkers]
    # Another ADK of the same date became standard between reception and now.
    return [Finding("KIRIM_ULANG_TIDAK_PERLU", "galat", params={"isi": f"{day:%d-%m-%Y}" if day else ""})]


def _about_rows(field: str, hal: str, found: str) -> Finding:
    return Finding("NILAI", "galat", "LAK.DBF", None, field, {"hal": hal, "isi": found})


def _posted_rows(rows: Lines) -> Iterator[PostedRow]:
    lines = to_lines(rows)
    names = [name for name in rows.dtype.names or () if name not in {"row", "rphreal"}]
    for row, line in zip(rows, lines, strict=True):
        columns = {name: row[name].decode("cp1252") for name in names}
        yield PostedRow(
            satker=columns["kdsatker"],
            year=int(columns["thnang"]),
            posted_on=datetime.strptime(columns["tglpost"], "%Y%m%d").date(),  # noqa: DTZ007  a calendar day
            idtrn=columns["idtrn"],
            koreksi=columns["koreksi"],
            akun=columns["kdmakmap"] or columns["perksau"],
            rphreal=int(row["rphreal"]),
            columns=columns,
            packed=line.tobytes(),
        )
