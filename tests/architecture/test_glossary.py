"""Every Indonesian word in the code's names has a line in the glossary."""

import ast
import re
from collections.abc import Iterator

from accounts.roles import ROLES
from reconciliation.lifecycle import Stage
from tests.architecture.tree import ROOT, app_files, parsed, relative, words

# Domain words that may appear in names. A word that comes into the code is added here and to the glossary.
WORDS = """
    adk akun anggaran antrean ba bagian bar bas bawah beda belanja belum bendahara beranda berlaku blj blu bun cetak
    coa dibatalkan diperiksa dipa dispensasi djpb eselon galat hibah jadwal kanwil kas kasblu kasbp kashb kasi
    kegiatan keluar kepala keterangan kewenangan konsolidator kop koreksi kpa kppn kumulatif lak lampiran laporan lhr
    libur lkp lokal lokasi lpj masuk mup mutasi neraca nip ntpn pagu pblj pendapatan penerimaan pengeluaran pengembalian pengguna penjelasan periode
    persetujuan pgu pnd pndmph ppnd proses pusat rekap rekon rekonsiliasi rupiah sah sai saiba sakti saldo sama satker
    sawal sdcp selisih siap span spm surat telaah terpusat tidak ttd uapa uappa ulang vera wib wilayah
"""
DOMAIN_WORDS = set(WORDS.split())
# Short codes of the screen that read as English words, and English words in role and stage codes.
ENGLISH_IN_CODES = {"upload", "download", "excel", "admin", "supervisor", "w", "e"}
# The shape of most Indonesian nouns made from verbs; catches a word that the list above does not know yet.
NOUN_SHAPE = re.compile(r"^(peng|peny|pem|per|ke)[a-z]{3,}(an|kan)$")


def glossary() -> set[str]:
    """The single words of the term column, in lower case, digits dropped."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [line.split("|")[1] for line in lines if line.startswith("| ")]
    return {word for term in terms for word in re.findall(r"[a-z]+", term.lower())}


def names_in(tree: ast.Module) -> Iterator[str]:
    """Names of classes, functions and class-level or module-level constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.isupper():
            yield node.id


def words_in_code() -> dict[str, str]:
    """Each word of the code's names with one file that uses it."""
    return {
        word: relative(path)
        for path in app_files()
        for name in names_in(parsed(path))
        for word in words(name)
    }


def unknown(found: dict[str, str], known: set[str]) -> dict[str, str]:
    """Words that are of the domain, by the list or by their shape, and that the glossary does not know."""
    domain = {word for word in found if word in DOMAIN_WORDS or NOUN_SHAPE.match(word)}
    return {word: found[word] for word in domain - known}


def test_every_domain_word_of_the_code_has_a_line() -> None:
    assert unknown(words_in_code(), glossary()) == {}


def test_every_word_of_the_maintained_list_has_a_line() -> None:
    assert DOMAIN_WORDS - glossary() == set()


def test_every_stage_and_role_code_is_made_of_words_with_a_line() -> None:
    codes = [*(stage.value for stage in Stage), *(role.code for role in ROLES)]
    made_of = {word for code in codes for word in words(code.replace("_", " ").title().replace(" ", "_"))}
    assert made_of - glossary() - ENGLISH_IN_CODES == set()


def test_missing_word_is_seen() -> None:
    planted = {"selisih": "x.py", "pengadaan": "y.py", "window": "z.py"}
    assert set(unknown(planted, {"bar"})) == {"selisih", "pengadaan"}


def test_no_term_has_two_lines() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert sorted(term for term in set(terms) - {"term"} if terms.count(term) > 1) == []
