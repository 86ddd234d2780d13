"""The table of the lifecycle, written here once more: stage × action × role × window."""

import pytest

from accounts.roles import BY_CODE, ROLES
from reconciliation.lifecycle import (
    LOOKS,
    STEPS,
    Action,
    Stage,
    allowed_actions,
    find_step,
    label_of,
    turn_of,
)

BEFORE = "BELUM_UPLOAD TIDAK_STANDAR UPLOAD_ULANG DIBATALKAN"
# action: (from, to, roles that may take it)
TABLE = {
    "SUBMIT": (f"{BEFORE} UPLOAD PROSES_SAI CETAK_EXCEL PERSETUJUAN_BAR", "UPLOAD", "OPERATOR_SATKER"),
    "REFUSE": (BEFORE, "TIDAK_STANDAR", ""),
    "LOAD": ("UPLOAD", "PROSES_SAI", ""),
    "MATCH": ("PROSES_SAI", "CETAK_EXCEL", ""),
    "PUBLISH": ("CETAK_EXCEL", "PERSETUJUAN_BAR", ""),
    "RERUN": ("PERSETUJUAN_BAR", "PROSES_SAI", "VERA ADMIN_PUSAT"),
    "APPROVE": ("PERSETUJUAN_BAR", "TTD_KPA", "VERA"),
    "UNDO_APPROVE": ("TTD_KPA", "PERSETUJUAN_BAR", "VERA"),
    "REJECT": ("PERSETUJUAN_BAR", "UPLOAD_ULANG", "VERA"),
    "SIGN_KPA": ("TTD_KPA", "TTD_KASI_VERA", "KPA"),
    "SIGN_KASI_VERA": ("TTD_KASI_VERA", "SIAP_DOWNLOAD", "KASI_VERA"),
    "DECLINE": ("TTD_KPA TTD_KASI_VERA", "PERSETUJUAN_BAR", "KPA KASI_VERA"),
    "RESET": ("TTD_KPA TTD_KASI_VERA SIAP_DOWNLOAD", "DIBATALKAN", "VERA"),
}
# Declining is the signer's whose turn it is; the window binds nothing but SUBMIT.
DECLINES = {("TTD_KPA", "KPA"), ("TTD_KASI_VERA", "KASI_VERA")}
LABELS = {
    "BELUM_UPLOAD": "Belum Upload",
    "TIDAK_STANDAR": "ADK Tidak Standar",
    "UPLOAD": "Upload",
    "PROSES_SAI": "Proses SAI (Bawah)",
    "CETAK_EXCEL": "Cetak Excel Rekon",
    "PERSETUJUAN_BAR": "Menunggu Persetujuan BAR",
    "UPLOAD_ULANG": "Menunggu Satker Mengupload Ulang",
    "TTD_KPA": "Menunggu TTD KPA",
    "TTD_KASI_VERA": "Menunggu TTD Kasi Vera",
    "SIAP_DOWNLOAD": "BAR Siap Didownload",
    "DIBATALKAN": "BAR Dibatalkan, Upload Ulang",
}
TURNS = {
    "BELUM_UPLOAD": "OPERATOR_SATKER",
    "TIDAK_STANDAR": "OPERATOR_SATKER",
    "UPLOAD": None,
    "PROSES_SAI": None,
    "CETAK_EXCEL": None,
    "PERSETUJUAN_BAR": "VERA",
    "UPLOAD_ULANG": "OPERATOR_SATKER",
    "TTD_KPA": "KPA",
    "TTD_KASI_VERA": "KASI_VERA",
    "SIAP_DOWNLOAD": None,
    "DIBATALKAN": "OPERATOR_SATKER",
}
BY_SYSTEM = {"SUBMIT", "REFUSE", "LOAD", "MATCH", "PUBLISH", "RERUN"}


def expected(stage, role, window):
    found = set()
    for action, (sources, _, roles) in TABLE.items():
        if stage not in sources.split() or role not in roles.split():
            continue
        if action == "SUBMIT" and not window:
            continue
        if action == "DECLINE" and (stage, role) not in DECLINES:
            continue
        found.add(action)
    return found


def test_the_table_names_every_stage_action_and_label():
    assert {stage.value for stage in Stage} == set(LABELS) == set(TURNS)
    assert {action.value for action in Action} == set(TABLE)
    assert {stage.value: look.label for stage, look in LOOKS.items()} == LABELS


@pytest.mark.parametrize("window", [True, False])
@pytest.mark.parametrize("role", [role.code for role in ROLES])
@pytest.mark.parametrize("stage", LABELS)
def test_a_role_may_take_exactly_the_actions_of_the_table(stage, role, window):
    found = allowed_actions(Stage(stage), BY_CODE[role].powers, window=window)
    assert set(found) == expected(stage, role, window)


@pytest.mark.parametrize("action", TABLE)
@pytest.mark.parametrize("stage", LABELS)
def test_an_action_leads_where_the_table_says_or_nowhere(stage, action):
    sources, target, _ = TABLE[action]
    step = find_step(Action(action), Stage(stage))
    assert (step.target if step else None) == (target if stage in sources.split() else None)


def test_the_system_takes_only_its_own_steps_and_a_decision_binds_its_content():
    assert {step.action for step in STEPS if step.by_system} == BY_SYSTEM
    hashed = {step.action for step in STEPS if step.needs_content_hash}
    assert hashed == {"APPROVE", "SIGN_KPA", "SIGN_KASI_VERA"}
    assert {step.action for step in STEPS if step.needs_reason} == {"REJECT", "DECLINE", "RESET"}
    assert {step.action for step in STEPS if step.needs_window} == {"SUBMIT"}


@pytest.mark.parametrize("stage", LABELS)
def test_the_turn_is_the_operators_while_a_difference_is_unexplained(stage):
    assert turn_of(Stage(stage), unexplained=0) == TURNS[stage]
    unexplained = "OPERATOR_SATKER" if stage == "PERSETUJUAN_BAR" else TURNS[stage]
    assert turn_of(Stage(stage), unexplained=2) == unexplained


def test_a_refusal_by_an_early_month_reads_differently():
    early = "ADK Periode Jan-Apr Tidak Diperkenankan"
    assert label_of(Stage.TIDAK_STANDAR, early_month=True) == early
    assert label_of(Stage.UPLOAD_ULANG, early_month=True) == LABELS["UPLOAD_ULANG"]
