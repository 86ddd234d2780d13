"""What the pages of an explanation answer, and how they keep what was typed meanwhile."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.actors import Actor
from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.attachments.checking import too_large
from erekon.lib.attachments.refusing import LIMIT
from erekon.lib.refusals import Refusal, field_refusal
from erekon.portal.cases import acting
from erekon.portal.pages.common import done, error_list, person_of, when
from erekon.portal.pages.explanation_block import Typed
from erekon.portal.pages.result import render_result
from reconciliation.matching.elements import element_label
from reconciliation.models import Reconciliation
from reconciliation.models.explanation import Location, Reason
from reconciliation.services.drafting import save_draft
from reconciliation.services.evidencing import attach_evidence

TARGETS = {"text": "teks", "reason": "sebab", "location": "letak", "file": "bukti", "message": "pesan"}


def actor_of(request: HttpRequest, case: Reconciliation, power: Power) -> Actor:
    """The person as actor of a power over the case; BUKAN_HAK where he has it not."""
    return acting(person_of(request), power, case, at=clock.now())


def attached(request: HttpRequest, case: Reconciliation, key: tuple[str, str], actor: Actor) -> HttpResponse:
    """Take the file that came with the form, or say beside the form why not."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise field_refusal(file="Pilih berkas PDF, JPG, atau PNG, paling besar 5 MB.")
        if (file.size or 0) > LIMIT:
            raise too_large(file.size or 0)
        evidence = attach_evidence(
            case=case,
            element=key[0],
            akun=key[1],
            filename=file.name or "",
            content=file.read(),
            actor=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return refused(request, case, key, None, refusal)
    return done(request, way_to(case, key), f"{evidence.name} dilampirkan pada akun {key[1]}.")


def way_again(request: HttpRequest, case: Reconciliation) -> str:
    """The queue with this case beside it, where the form stood there; else nothing."""
    return f"{reverse('antrean')}?kasus={case.pk}" if request.POST.get("dari") == "antrean" else ""


def way_to(case: Reconciliation, key: tuple[str, str]) -> str:
    """The case's page, opened where the form stood."""
    url = reverse("rekon", kwargs={"satker": case.satker_id, "period": case.period.code})
    return f"{url}?elemen={key[0]}&akun={key[1]}#akun-{key[0]}-{key[1]}"


def keep(
    case: Reconciliation, key: tuple[str, str], typed: Typed, actor: Actor, *, strict: bool = False
) -> bool:
    """Keep what was typed as a draft; `strict` says aloud where there is no such difference."""
    words = asdict(typed)
    words.pop("saved_at")
    try:
        draft = save_draft(
            case=case, element=key[0], akun=key[1], author=actor.person, now=clock.now(), **words
        )
    except Refusal:
        if strict:
            raise
        return False
    return draft is not None


def refused(
    request: HttpRequest,
    case: Reconciliation,
    key: tuple[str, str],
    typed: Typed | None,
    refusal: Refusal,
    *,
    targets: dict[str, str] = TARGETS,
) -> HttpResponse:
    """The page again, with what was wrong beside the form and what was typed in it."""
    if refusal.code != "ISIAN" and "standing" not in refusal.extra:
        raise refusal
    place = f"{key[0]}-{key[1]}"
    errors = [
        {
            "target": f"{targets[one['target']]}-{place}" if one["target"] in targets else "",
            "message": one["message"],
        }
        for one in error_list(refusal)
    ]
    options: dict[str, Any] = {"drafts": {key: typed}} if typed else {}
    return render_result(request, case, status=refusal.status, opened=key, errors={key: errors}, **options)


def both_texts(
    request: HttpRequest, case: Reconciliation, key: tuple[str, str], typed: Typed, refusal: Refusal
) -> HttpResponse:
    """Both texts side by side: whose stands is chosen, and may be joined; nothing is lost until then."""
    standing, zone = refusal.extra["standing"], case.office.kanwil.timezone
    place = {"satker": case.satker_id, "period": case.period.code, "element": key[0], "akun": key[1]}
    context = {
        "subject": f"{element_label(key[0])} {key[1]}",
        "period_label": case.period.label,
        "standing": {
            **standing,
            "location_label": Location(standing["location"]).label,
            "reason_label": Reason(standing["reason"]).label,
            "at": when(standing["written_at"], zone),
        },
        "explanation": {
            "id": f"{key[0]}-{key[1]}",
            "text": typed.text,
            "location": typed.location,
            "reason": typed.reason,
            "message": typed.message,
            "version": standing["version"],
            "locations": [{"value": value, "label": label} for value, label in Location.choices],
            "reasons": [{"value": value, "label": label} for value, label in Reason.choices],
            "errors": [],
        },
        "write_url": reverse("penjelasan", kwargs=place),
        "drop_url": reverse("penjelasan-buang", kwargs=place),
    }
    return render(request, "reconciliation/bentrok.html", context, status=409)
