"""Vera's decisions: approve (with undo for ten seconds) and reject."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Kppn
from bar.documents.content import build_content
from bar.documents.verify_id import new_verify_id
from bar.facts import facts_of
from bar.models import Bar, BarNumber, BarStatus
from erekon.lib.failpoints import failpoint
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.lifecycle import Action, Stage
from reconciliation.matching.elements import element_label
from reconciliation.models import Reconciliation, StageChange
from reconciliation.queries import differences_of, explanations_of, undecided_of
from reconciliation.services.cases import window_of
from reconciliation.services.changes import changed_refusal, require_seen
from reconciliation.services.editions import keep_edition, make_edition, stored_outcome
from reconciliation.services.moving import move, moving
from reconciliation.services.rerunning import rerun_if_stale

UNDO_WITHIN = timedelta(seconds=10)
SHORTEST_REASON = 10
_NAMED = 5


def approve(*, case: Reconciliation, content_hash: str, actor: Actor, now: datetime) -> Bar:
    """Approve what Vera saw: the number is assigned and the content frozen; one transaction.

    The final LHR is rendered and stored before it. Raises BERUBAH when stage, content or the treasury's rows
    moved on, and BELUM_DIJELASKAN naming the differences that are not explained and accepted.
    """
    run = case.run
    if case.stage != Stage.PERSETUJUAN_BAR or run is None:
        raise changed_refusal(case)
    require_seen(case, content_hash)
    _refuse_undecided(case)
    edition = make_edition(run, stored_outcome(run.outcome), list(explanations_of(case).values()))
    failpoint("approve.rendered")
    with (
        transaction.atomic(),
        moving(
            case,
            Action.APPROVE,
            actor=actor,
            now=now,
            content_hash=content_hash,
            conditions={"run": run, "unexplained": 0, "stale": False},
        ),
    ):
        # Decisions change the hash, so what was judged above is what the UPDATE found.
        bar = _standing_or_new(case, now)
        bar.run, bar.workbook, bar.content_hash = run, edition.workbook, content_hash
        bar.approved_by, bar.approved_at = actor.person, now
        bar.approver_nip = actor.nip
        uploader = run.submission.uploader
        bar.uploader_nip = uploader.nip if uploader else ""
        facts = facts_of(
            case,
            run,
            number=bar.number,
            replaces=bar.replaces.number if bar.replaces else None,
            content_hash=content_hash,
            now=now,
        )
        bar.content = build_content(facts)
        bar.save()
        keep_edition(edition)
    failpoint("approve.stored")
    return bar


def undo_approve(*, case: Reconciliation, actor: Actor, now: datetime) -> None:
    """Take an approval back: the same Vera, within ten seconds, before anybody signed.

    The number stays on the register and with the case. Raises BERUBAH when it is too late.
    """
    last = StageChange.objects.filter(case=case, action=Action.APPROVE).order_by("-id").first()
    if last is None or last.user_id != actor.person.pk or now - last.at > UNDO_WITHIN:
        raise changed_refusal(case)
    with transaction.atomic():
        move(case, Action.UNDO_APPROVE, actor=actor, now=now)
    rerun_if_stale(case.pk, now=now)


def reject(
    *, case: Reconciliation, reason: str, content_hash: str | None = None, actor: Actor, now: datetime
) -> None:
    """Send the case back to the satker with a reason of at least ten characters; one transaction.

    `content_hash` is what the page showed: BERUBAH when it no longer holds, None for a caller that says
    nothing of it. Where the deadline has passed the case gets a window grant, so that the satker can upload again.
    """
    reason = clean_reason(reason)
    values = {} if window_of(case, now) else {"window_grant": True}
    with transaction.atomic():
        move(
            case,
            Action.REJECT,
            actor=actor,
            now=now,
            reason=reason,
            conditions={} if content_hash is None else {"content_hash": content_hash, "stale": False},
            values={"content_hash": "", "verdict": "", "unexplained": 0, **values},
        )


def clean_reason(reason: str) -> str:
    """The reason without outer blanks; raises ISIAN when it is shorter than ten characters."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise field_refusal(
            reason=f"Tulis alasan, paling sedikit {SHORTEST_REASON} huruf. Satker membaca kalimat ini."
        )
    return reason


def _refuse_undecided(case: Reconciliation) -> None:
    open_items = undecided_of(differences_of(case.run), explanations_of(case))
    if open_items:
        named = ", ".join(f"{element_label(item.element)} {item.akun}" for item in open_items[:_NAMED])
        more = "" if len(open_items) <= _NAMED else ", dan lainnya"
        raise Refusal("BELUM_DIJELASKAN", jumlah=len(open_items), daftar=named + more)


def _standing_or_new(case: Reconciliation, now: datetime) -> Bar:
    """The BAR that stands keeps its number through undo and decline; after a reset a new one is made."""
    standing = Bar.objects.filter(case=case).exclude(status=BarStatus.DIBATALKAN).first()
    if standing is not None:
        return standing
    replaced = Bar.objects.filter(case=case).order_by("-revision").first()
    office = Kppn.objects.select_related("kanwil").get(pk=case.office_id)
    year = now.astimezone(ZoneInfo(office.kanwil.timezone)).year
    place = _next_number(office, year)
    return Bar(
        case=case,
        revision=replaced.revision + 1 if replaced else 1,
        number=_number(office, year, place),
        kppn=office,
        register_year=year,
        register_number=place,
        replaces=replaced,
        verify_id=new_verify_id(),
    )


def _next_number(office: Kppn, year: int) -> int:
    """The next number of the gapless register; its row stays locked until the transaction ends."""
    BarNumber.objects.get_or_create(kppn=office, year=year)
    counter = BarNumber.objects.select_for_update().get(kppn=office, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _number(office: Kppn, year: int, place: int) -> str:
    if office.local and office.letter_code and office.kanwil.letter_code:
        return f"BAR-{place}/WPB.{office.kanwil.letter_code}/KP.{office.letter_code}/{year}"
    if not office.local:
        return f"BAR-{place}/{office.letter_code or office.code}/{year}"
    return f"BAR-{place}/KPPN.{office.code}/{year}"
