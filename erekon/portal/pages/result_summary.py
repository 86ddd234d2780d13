"""What stands above and below the rows of Hasil Rekon: verdict, filters, and what is left to explain."""

from typing import Any

from erekon.portal.cases import CaseView, is_explained
from erekon.portal.pages.result_opening import Rows
from erekon.portal.pages.result_rows import element_rows, shown_elements
from erekon.portal.sources import sources_of
from reconciliation.matching.elements import element_label
from reconciliation.queries import Difference

FILTERS = (("", "Semua", ""), ("beda", "Berbeda", False), ("sama", "Sama", True))
EMPTY_FILTERS = {"beda": "Tidak ada elemen yang berbeda.", "sama": "Tidak ada elemen yang sama."}
NAMED = 2
# From twelve digits on, figures need wider columns.
WIDE = 10**12


def summary_block(rows: Rows) -> dict[str, Any]:
    """Verdict, filters with counts, elements, what is outside, and the progress of explanations."""
    view = rows.view
    elements = shown_elements(view.elements)
    applicable = [row for row in elements if row.applicable]
    different = [row for row in applicable if not row.equal]
    missing = [item for item in view.differences if not is_explained(item, view.explanations)]
    counts = {"": len(elements), "beda": len(different), "sama": len(applicable) - len(different)}
    figures = [abs(figure) for row in elements for figure in (row.siap, row.sai)]
    run = view.case.run
    return {
        "verdict": _verdict(view, len(applicable), len(different), missing),
        "filters": [_filter(rows, value, label, mark, counts[value]) for value, label, mark in FILTERS],
        "filter_empty": ""
        if counts.get(rows.opening.filter, 1)
        else EMPTY_FILTERS.get(rows.opening.filter, ""),
        "elements": element_rows(rows),
        "wide": max(figures, default=0) >= WIDE,
        "outside": {
            "siap_rows": run.outside_siap_rows,
            "siap_total": run.outside_siap_total,
            "sai_rows": run.outside_sai_rows,
            "sai_total": run.outside_sai_total,
        }
        if run
        else None,
        "sources": sources_of(run) if view.elements else [],
        "progress": {
            "explained": len(view.differences) - len(missing),
            "different": len(view.differences),
            "text": _next_words(missing),
        }
        if view.differences
        else None,
    }


def _filter(rows: Rows, value: str, label: str, mark: bool | str, count: int) -> dict[str, Any]:
    return {
        "url": rows.link(saring=value),
        "label": label,
        "count": count,
        "mark": mark,
        "current": rows.opening.filter == value,
    }


def _next_words(missing: list[Difference]) -> str:
    """What is still to be explained, in words."""
    if not missing:
        return "Semua selisih sudah dijelaskan; KPPN memutuskan."
    more = f" dan {len(missing) - 1} lagi" if len(missing) > 1 else ""
    return f"Tinggal {element_label(missing[0].element)} {missing[0].akun}{more}."


def _verdict(view: CaseView, applicable: int, different: int, missing: list[Difference]) -> dict[str, Any]:
    if not view.elements:
        return {"equal": None, "title": "Hasil belum ada", "text": "", "difference": None}
    if not different:
        text = f"{applicable} elemen sama antara SiAP dan SAI. Tidak perlu tindakan."
        return {"equal": True, "title": "Semua sama", "text": text, "difference": None}
    explained = len(view.differences) - len(missing)
    return {
        "equal": False,
        "title": "Tidak semua sama",
        "text": f"{different} dari {applicable} elemen berbeda. {explained} selisih sudah dijelaskan, ",
        "missing": f"{len(missing)} belum{_named(missing)}",
        "after": "KPPN menyetujui BAR bila selisih diperbaiki atau dijelaskan.",
        "difference": sum(abs(row.difference) for row in view.elements),
        "coa_different": sum(item.gap for item in view.differences),
    }


def _named(missing: list[Difference]) -> str:
    labels = list(dict.fromkeys(element_label(item.element) for item in missing))
    return f": {', '.join(labels)}" if 0 < len(labels) <= NAMED else ""
