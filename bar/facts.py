"""From the rows of a case to the facts of its BAR; the documents decide the words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.actors import holders
from accounts.models import Kppn, Satker
from bar.documents.facts import (
    BarFacts,
    Difference,
    Element,
    Explanation,
    KppnParty,
    Person,
    SatkerParty,
    UploadFacts,
)
from bar.documents.lpj import LpjFacts
from erekon.lib.prepared import Prepared, Slot
from reconciliation.lpj_reading import entered_lpjs
from reconciliation.matching.elements import element_label
from reconciliation.models import ElementResult, MatchRun, Reconciliation, Submission
from reconciliation.queries import account_names, differences_of, evidence_of, explanations_of

HEAD_OFFICE_PLACE = "Jakarta"
_SATKER = Prepared(
    lambda: Satker.objects.select_related("kppn__kanwil", "ba", "eselon_satu", "lokasi").filter(pk=Slot("pk"))
)
_OFFICE = Prepared(lambda: Kppn.objects.select_related("kanwil").filter(pk=Slot("pk")))
_SUBMISSION = Prepared(lambda: Submission.objects.filter(pk=Slot("pk")))
_ELEMENTS = Prepared(lambda: ElementResult.objects.filter(run=Slot("run")).order_by("position"))


def facts_of(
    case: Reconciliation,
    run: MatchRun,
    *,
    number: str | None,
    replaces: str | None,
    content_hash: str,
    now: datetime,
) -> BarFacts:
    """The facts of the BAR of a case by one run; `number` is None before approval. `now` dates the BAR."""
    satker = _SATKER.get(pk=case.satker_id)
    office = _OFFICE.get(pk=case.office_id)
    zone = office.kanwil.timezone
    submission = _SUBMISSION.get(pk=run.submission_id)
    return BarFacts(
        number=number,
        replaces=replaces,
        year=case.period.year,
        month=case.period.month,
        place=_place(office),
        made_on=now.astimezone(ZoneInfo(zone)).date(),
        satker=_satker_party(satker, now),
        kppn=_kppn_party(office, zone, now),
        upload=UploadFacts(submission.number, submission.received_at, submission.sha256),
        siap_per=run.ledger_at or now,
        run_number=run.number,
        content_hash=content_hash,
        elements=tuple(_element(row) for row in _ELEMENTS.all(run=run)),
        differences=_differences(run),
        explanations=_explanations(case),
        lpj=tuple(LpjFacts(one.title, one.report) for one in entered_lpjs(case)),
    )


def _place(office: Kppn) -> str:
    return office.name.removeprefix("KPPN ").strip() if office.local else HEAD_OFFICE_PLACE


def _satker_party(satker: Satker, now: datetime) -> SatkerParty:
    return SatkerParty(
        code=satker.code,
        name=satker.name,
        ba_code=satker.ba.code,
        ba_name=satker.ba.name,
        es1_code=satker.es1,
        es1_name=satker.eselon_satu.name,
        kewenangan=satker.kewenangan,
        lokasi=satker.lokasi.name,
        kpa=_holder("KPA", satker.code, now),
    )


def _kppn_party(office: Kppn, zone: str, now: datetime) -> KppnParty:
    return KppnParty(
        code=office.code,
        name=office.name,
        address=office.address,
        kanwil_name=office.kanwil.name,
        zone=zone,
        kasi_vera=_holder("KASI_VERA", office.code, now),
    )


def _holder(role: str, place: str, now: datetime) -> Person | None:
    for assignment in holders(role, place, at=now):
        return Person(assignment.user.name, assignment.user.nip)
    return None


def _element(row: ElementResult) -> Element:
    return Element(
        code=row.code,
        label=element_label(row.code),
        siap=row.siap,
        sai=row.sai,
        rupiah_equal=row.rupiah_equal,
        coa_equal=row.coa_equal,
        applicable=row.applicable,
        differing_lines=row.coa_different,
    )


def _differences(run: MatchRun) -> tuple[Difference, ...]:
    found = differences_of(run)
    names = account_names(item.akun for item in found)
    return tuple(
        Difference(item.element, item.akun, names.get(item.akun, "akun tidak dikenal"), item.siap, item.sai)
        for item in found
    )


def _explanations(case: Reconciliation) -> tuple[Explanation, ...]:
    decided, evidence = {"DITERIMA", "DITOLAK"}, evidence_of(case)
    return tuple(
        Explanation(
            element=row.element,
            akun=row.akun,
            location=row.location,
            reason=row.reason,
            text=row.text,
            decision=row.decision if row.decision in decided else "",
            evidence=tuple((file.name, file.content) for file in evidence.get((row.element, row.akun), [])),
        )
        for row in explanations_of(case).values()
        if row.decision != "GUGUR"
    )
