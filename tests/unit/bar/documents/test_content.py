import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from bar.documents.content import build_content, canonical, digest
from tests.unit.bar.documents.builders import DIFFERING, EQUAL, HOSTILE


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for each in inner for text in strings(each)]
    return []


def test_content_survives_json_unchanged() -> None:
    content = build_content(DIFFERING)
    assert json.loads(json.dumps(content)) == content


def test_canonical_bytes_are_sorted_unspaced_utf8() -> None:
    assert canonical({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'.encode()


def test_the_digest_is_the_sha256_of_the_canonical_bytes() -> None:
    content = build_content(EQUAL)
    assert digest(content) == hashlib.sha256(canonical(content)).hexdigest()
    assert digest(json.loads(canonical(content))) == digest(content)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "BAR-215/WPB.08/KP.03/2020"},
        {"replaces": "BAR-1/WPB.08/KP.03/2020"},
        {"month": 8},
        {"place": "Sagara"},
        {"run_number": 3122},
        {"content_hash": "00" * 32},
        {"upload": replace(EQUAL.upload, sha256="cd" * 32)},
        {"satker": replace(EQUAL.satker, kpa=None)},
        {"kppn": replace(EQUAL.kppn, zone="Asia/Jayapura")},
        {"elements": EQUAL.elements[:-1]},
    ],
)
def test_every_change_of_a_fact_changes_the_digest(change: dict[str, Any]) -> None:
    assert digest(build_content(replace(EQUAL, **change))) != digest(build_content(EQUAL))


def test_a_bar_without_differences_says_so_and_has_no_second_attachment() -> None:
    content = build_content(EQUAL)
    assert content["semua_sama"]
    assert content["kesimpulan"].startswith("Seluruh elemen yang direkonsiliasi menunjukkan nilai yang sama")
    assert content["selisih"] == []


def test_differing_elements_are_named_in_the_outcome() -> None:
    content = build_content(DIFFERING)
    assert not content["semua_sama"]
    assert "selisih pada 2 dari 9 elemen, yaitu Belanja dan Pendapatan;" in content["kesimpulan"]
    assert content["kesimpulan"] in content["butir"]


def test_each_row_says_how_it_differs() -> None:
    notes = {row["kode"]: row["keterangan"] for row in build_content(DIFFERING)["elemen"]}
    assert (notes["PGU"], notes["BLJ"], notes["PND"], notes["KASBLU"]) == (
        "Sama", "Beda rupiah", "Beda CoA", "Tidak berlaku",
    )  # fmt: skip


def test_selisih_is_siap_less_sai_with_negatives_in_brackets() -> None:
    (belanja, *_) = build_content(DIFFERING)["selisih"]
    assert (belanja["siap"], belanja["sai"], belanja["selisih"]) == ("1.200.000", "1.270.000", "(70.000)")


def test_an_explanation_stands_with_its_difference_in_words() -> None:
    told = build_content(DIFFERING)["selisih"][1]["penjelasan"]
    assert told["letak"] == "Data KPPN (SiAP)"
    assert told["sebab"] == "Kesalahan data SiAP, menunggu koreksi KPPN"
    assert told["keputusan"] == "Diterima KPPN"


def test_a_difference_without_explanation_stays_without() -> None:
    content = build_content(replace(DIFFERING, explanations=()))
    assert [row["penjelasan"] for row in content["selisih"]] == [None, None, None]


@pytest.mark.parametrize("field", ["location", "reason", "decision"])
def test_an_unknown_code_is_refused(field: str) -> None:
    (first, *_) = DIFFERING.explanations
    with pytest.raises(ValueError, match="NGAWUR"):
        build_content(replace(DIFFERING, explanations=(replace(first, **{field: "NGAWUR"}),)))


def test_the_opening_dates_the_bar_in_words() -> None:
    opening = build_content(EQUAL)["pembuka"]
    assert opening.startswith(
        "Pada hari Kamis tanggal delapan bulan Oktober tahun dua ribu dua puluh, bertempat di Tirta Raya"
    )
    assert "sampai dengan September 2020 Tahun Anggaran 2020" in opening


def test_moments_are_told_in_the_zone_of_the_kppn() -> None:
    content = build_content(replace(EQUAL, kppn=replace(EQUAL.kppn, zone="Asia/Makassar")))
    assert "7 Oktober 2020, 16.10 WITA" in content["butir"][0]


@pytest.mark.parametrize("name", ["KPPN Tirta Raya", "Tirta Raya", "kppn Tirta Raya"])
def test_the_office_is_named_once_whether_or_not_the_reference_says_kppn(name: str) -> None:
    content = build_content(replace(EQUAL, kppn=replace(EQUAL.kppn, name=name)))
    assert content["kop"]["kantor"] == "KPPN 912 TIRTA RAYA"


def test_a_draft_without_number_or_signers_says_what_is_missing() -> None:
    facts = replace(EQUAL, number=None, satker=replace(EQUAL.satker, kpa=None))
    content = build_content(facts)
    assert content["nomor"] == ""
    assert content["nomor_tampil"] == "(ditetapkan saat persetujuan KPPN)"
    assert content["penandatangan"][0]["nama"] == "(belum ditetapkan)"


def test_a_bar_after_a_reset_names_what_it_replaces() -> None:
    assert build_content(DIFFERING)["butir"][-1] == (
        "Berita acara ini menggantikan BAR-198/WPB.08/KP.03/2020 yang telah dibatalkan."
    )


def test_no_string_of_the_content_holds_a_control_sign() -> None:
    content = build_content(HOSTILE)
    assert all(text.isprintable() for text in strings(content))
    canonical(content)
