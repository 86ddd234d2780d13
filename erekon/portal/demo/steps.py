"""What people do in the demo: each step is one call of the service that a page would call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from accounts.actors import Actor, require_actor
from accounts.models import Satker, User
from accounts.roles import Power
from adk.services.checking import check_next
from adk.services.receiving import Received, receive_upload
from bar.services.approving import approve, reject
from bar.services.resetting import ask_reset, grant_reset
from bar.services.signing import Request, open_signing, sign
from erekon.lib.leases import RunState
from erekon.portal.demo.letters import letter_scan
from erekon.portal.demo.people import Person
from erekon.portal.demo.treasury import DemoBroken
from erekon.portal.making.adk import satker_adk
from reconciliation.lifecycle import Stage
from reconciliation.lpj.lines import Bendahara
from reconciliation.lpj_reading import neraca_of
from reconciliation.models import MatchRun, Reconciliation
from reconciliation.queries import differences_of
from reconciliation.services.evidencing import attach_evidence
from reconciliation.services.explaining import judge_explanation, write_explanation
from reconciliation.services.lpj import Draft, write_lpj
from reconciliation.services.matching import match_next
from reconciliation.services.publishing import publish_next
from reconciliation.services.talking import say

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Why:
    """What a satker says about its differences."""

    location: str
    reason: str
    text: str


class Steps:
    """The steps of one case; every instant comes from the caller, and each step takes seconds."""

    def __init__(self, satker: Satker, period: str, people: dict[tuple[str, str], Person]) -> None:
        self.satker, self.period, self.people = satker, period, people
        self.year, self.month = (int(part) for part in period.split("-"))

    @property
    def case(self) -> Reconciliation:
        """The case as it now stands."""
        found = Reconciliation.objects.filter(
            satker=self.satker, period__year=self.year, period__month=self.month
        )
        return found.select_related("period", "satker", "office__kanwil", "run", "submission").get()

    def upload(self, at: datetime, *, month: int = 0, mistakes: Sequence[str] = ()) -> None:
        """The operator uploads an ADK (of another month, or with mistakes), and the system does its part."""
        name, content = satker_adk(self.satker, self.year, month or self.month, mistakes=mistakes)
        file = Received(name, content, at)
        receive_upload(
            user=self._user("OPERATOR_SATKER"), satker=self.satker, period=self.period, file=file, now=at
        )
        for step in (check_next, match_next, publish_next):
            while step(now=at + SECOND):
                at += SECOND
        if MatchRun.objects.filter(state__in=(RunState.WAITING, RunState.FAILED)).exists():
            raise DemoBroken(f"a run of {self.satker.code} did not end")

    def explain(self, at: datetime, why: Why) -> None:
        """The operator explains every difference."""
        actor = self._actor("OPERATOR_SATKER", Power.EXPLAIN, at)
        for item in differences_of(self.case.run):
            write_explanation(
                case_id=self.case.pk,
                element=item.element,
                akun=item.akun,
                location=why.location,
                reason=why.reason,
                text=why.text,
                actor=actor,
                now=at,
            )

    def enter_lpj(self, at: datetime, *, short: int = 0) -> None:
        """The operator enters the LPJ of the Bendahara Pengeluaran, its UP by `short` rupiah below the books."""
        held = (neraca_of(self.case) or {}).get("111611", 0) - short
        draft = Draft(
            {"BP_TUNAI": held // 20, "BP_BANK": held - held // 20, "BP_UP": held},
            number=f"LPJ-{self.month:02d}/{self.satker.code[-3:]}/{self.year}",
            dated=at.date().isoformat(),
        )
        actor = self._actor("OPERATOR_SATKER", Power.EXPLAIN, at)
        write_lpj(
            case_id=self.case.pk,
            bendahara=Bendahara.PENGELUARAN,
            version=0,
            draft=draft,
            actor=actor,
            now=at,
        )

    def talk(self, at: datetime, role: str, words: str) -> None:
        """The operator or Vera writes in the thread of every difference."""
        power = Power.EXPLAIN if role == "OPERATOR_SATKER" else Power.JUDGE_EXPLANATION
        said = partial(say, case_id=self.case.pk, text=words, actor=self._actor(role, power, at), now=at)
        for item in differences_of(self.case.run):
            said(element=item.element, akun=item.akun)

    def attach(self, at: datetime, filename: str, words: str) -> None:
        """The operator backs every difference with a letter."""
        case, actor = self.case, self._actor("OPERATOR_SATKER", Power.EXPLAIN, at)
        letter = letter_scan(self.satker.name, "S-47", words, "Nota pembatalan SP2D")
        attached = partial(attach_evidence, case=case, filename=filename, content=letter, actor=actor, now=at)
        for item in differences_of(case.run):
            attached(element=item.element, akun=item.akun)

    def accept(self, at: datetime) -> None:
        """Vera accepts every explanation."""
        actor = self._actor("VERA", Power.JUDGE_EXPLANATION, at)
        judged = partial(judge_explanation, case_id=self.case.pk, accept=True, actor=actor, now=at)
        for item in differences_of(self.case.run):
            judged(element=item.element, akun=item.akun)

    def approve(self, at: datetime) -> None:
        """Vera approves what the case holds."""
        case = self.case
        actor = self._actor("VERA", Power.APPROVE, at)
        approve(case=case, content_hash=case.content_hash, actor=actor, now=at)

    def reject(self, at: datetime, reason: str) -> None:
        """Vera sends the case back."""
        reject(case=self.case, reason=reason, actor=self._actor("VERA", Power.REJECT, at), now=at)

    def sign(self, at: datetime) -> None:
        """Whose turn it is signs with his PIN."""
        case = self.case
        role, power = (
            ("KPA", Power.SIGN_KPA) if case.stage == Stage.TTD_KPA else ("KASI_VERA", Power.SIGN_KASI_VERA)
        )
        actor = self._actor(role, power, at)
        nonce = open_signing(case=case, user=actor.person, now=at)
        request = Request(case.content_hash, nonce.nonce)
        sign(case=case, request=request, pin=self._person(role).pin, actor=actor, now=at)

    def finish(self, at: datetime) -> None:
        """Approve and sign twice: the case is ready for download minutes later."""
        self.approve(at)
        self.sign(at + timedelta(minutes=3))
        self.sign(at + timedelta(minutes=7))

    def ask_reset(self, at: datetime, reason: str, *, granted_at: datetime | None = None) -> None:
        """The satker asks for a reset by letter; Vera grants it where an instant for that is given."""
        number = f"S-{self.satker.code[-3:]}/{self.month:02d}/{self.year}"
        request = ask_reset(
            case=self.case,
            letter_number=number,
            letter_date=at.date(),
            reason=reason,
            scan=letter_scan(self.satker.name, number, reason),
            actor=self._actor("OPERATOR_SATKER", Power.ASK_RESET, at),
            now=at,
        )
        if granted_at is not None:
            actor = self._actor("VERA", Power.GRANT_RESET, granted_at)
            grant_reset(request=request, actor=actor, now=granted_at)

    def _person(self, role: str) -> Person:
        place = self.satker.code if role in {"OPERATOR_SATKER", "KPA"} else self.satker.kppn_id
        return self.people[role, place]

    def _user(self, role: str) -> User:
        return User.objects.get(username=self._person(role).username)

    def _actor(self, role: str, power: Power, at: datetime) -> Actor:
        return require_actor(self._user(role), power, self.satker, at=at)
