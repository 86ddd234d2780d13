"""The position bar: how many satkers stand at each stage; what is finished stands first."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reconciliation.lifecycle import Stage, label_of

SHARES = 40
ORDER = (
    Stage.SIAP_DOWNLOAD,
    Stage.TTD_KASI_VERA,
    Stage.TTD_KPA,
    Stage.PERSETUJUAN_BAR,
    Stage.CETAK_EXCEL,
    Stage.PROSES_SAI,
    Stage.UPLOAD,
    Stage.UPLOAD_ULANG,
    Stage.DIBATALKAN,
    Stage.TIDAK_STANDAR,
    Stage.BELUM_UPLOAD,
)


def positions_of(
    counted: Mapping[Any, int], *, period: str = "", current: Stage | None = None
) -> dict[str, Any]:
    """`total` and `positions` of `components/_posisi.html`; each part leads to its cases of the period."""
    total = sum(counted.values())
    return {
        "total": total,
        "positions": [
            {
                "stage": stage,
                "count": counted[stage],
                "share": max(1, round(counted[stage] * SHARES / total)),
                "label": label_of(stage),
                "url": f"{reverse('beranda')}?{urlencode({'stage': stage, 'periode': period})}",
                "current": stage is current,
            }
            for stage in ORDER
            if counted.get(stage)
        ],
    }
