"""A case of the cast brought to where it waits for signatures, through the services alone."""

from dataclasses import dataclass
from datetime import date

from accounts.actors import require_actor
from accounts.models import User
from accounts.roles import Power
from adk.formats.writing import write_satker_adk, write_treasury_adk
from adk.services.checking import check_next
from adk.services.receiving import Received, receive_upload
from adk.services.treasury import load_next, receive_treasury
from bar.services.approving import approve
from bar.services.pins import set_pin
from bar.services.signing import Request, open_signing, sign
from erekon.lib import clock
from erekon.portal.cases import visible_case
from erekon.portal.signing import signer_of
from reconciliation.models import Reconciliation
from reconciliation.queries import differences_of
from reconciliation.services.explaining import judge_explanation, write_explanation
from reconciliation.services.matching import match_next
from reconciliation.services.publishing import publish_next
from tests.builders import Cast, make_cast, make_period

PIN = "739154"
WORDS = "Surat koreksi S-52 sudah diajukan ke KPPN, menunggu perbaikan data SiAP."
SPENT = {
    "KDWILAYAH": "1203",
    "KDPROGRAM": "0811",
    "KDGIAT": "1045",
    "KDOUTPUT": "994",
    "KDTRN": "3",
    "KDMAKMAP": "521111",
    "KDDK": "D",
    "KDSDCP": "010",
    "RPHREAL": 1_000_000,
    "JNSDOK1": "301",
    "NODOK1": "261161301000001",
    "TGLDOK1": "20260105",
    "REGISTER": "00000000",
}


@dataclass(frozen=True)
class World:
    """The cast, and its satker's case of September 2026 with one difference of 250.000 at 521111."""

    cast: Cast
    case: Reconciliation

    def fresh(self) -> Reconciliation:
        """The case as it stands now."""
        return visible_case(self.cast.vera, pk=self.case.pk)


def make_world() -> World:
    """The case at TTD_KPA: uploaded, compared, explained, accepted, approved."""
    cast = make_cast()
    make_period(2026, 9)
    _load_treasury(cast)
    _upload(cast)
    case = Reconciliation.objects.get(satker=cast.places.satker)
    _explain(case, cast)
    world = World(cast, case)
    approve_again(world)
    return world


def approve_again(world: World) -> None:
    """Vera approves what the case holds now."""
    case = world.fresh()
    actor = require_actor(world.cast.vera, Power.APPROVE, case.satker, at=clock.now())
    approve(case=case, content_hash=case.content_hash, actor=actor, now=clock.now())


def give_pin(*users: User) -> None:
    """PIN for each of these people."""
    for user in users:
        set_pin(user=user, pin=PIN, now=clock.now())


def sign_as(world: World, user: User) -> None:
    """Sign in the role whose turn it is, through the service."""
    case, now = world.fresh(), clock.now()
    nonce = open_signing(case=case, user=user, now=now)
    wish = Request(nonce.content_hash, nonce.nonce)
    sign(case=case, request=wish, pin=PIN, actor=signer_of(case, user, at=now), now=now)


def sign_both(world: World) -> None:
    """Both parties sign: the BAR is sealed."""
    give_pin(world.cast.kpa, world.cast.kasi_vera)
    sign_as(world, world.cast.kpa)
    sign_as(world, world.cast.kasi_vera)


def _load_treasury(cast: Cast) -> None:
    row = {**SPENT, "KDBAES1": "01508", "KDSATKER": "503202", "KDDEKON": "KD", "PERKSAU": "115612"}
    name, content = write_treasury_adk([row], kppn="116", date=date(2026, 9, 28))
    now = clock.now()
    receive_treasury(user=cast.supervisor, file=Received(name, content, now), now=now)
    load_next(now=now)


def _upload(cast: Cast) -> None:
    dipa = {"KDTRN": "2", "KDDK": "K", "RPHREAL": -50_000_000, "JNSDOK1": "202", "REVISIKE": 1}
    spent = {**SPENT, "PERKSAI": "115612", "TGLPOST": "20260106", "PERIODE": "01"}
    rows = [{**spent, **dipa}, {**spent, "RPHREAL": 750_000}]
    name, content = write_satker_adk(
        rows, kewenangan="KD", ba="015", es1="08", satker="503202", kppn="116", year=2026, month=9
    )
    now = clock.now()
    file = Received(name, content, now)
    receive_upload(user=cast.operator, satker=cast.places.satker, period="2026-09", file=file, now=now)
    check_next(now=now)
    match_next(now=now)
    publish_next(now=now)


def _explain(case: Reconciliation, cast: Cast) -> None:
    case.refresh_from_db()
    operator = require_actor(cast.operator, Power.EXPLAIN, case.satker, at=clock.now())
    vera = require_actor(cast.vera, Power.JUDGE_EXPLANATION, case.satker, at=clock.now())
    for item in differences_of(case.run):
        place = {"case_id": case.pk, "element": item.element, "akun": item.akun}
        write_explanation(
            **place,
            location="SIAP",
            reason="SALAH_SIAP",
            text=WORDS,
            actor=operator,
            now=clock.now(),
        )
        judge_explanation(**place, accept=True, actor=vera, now=clock.now())
