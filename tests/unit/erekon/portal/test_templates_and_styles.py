"""What a strict content policy and small files ask of templates, styles and the icon sprite."""

import re
from pathlib import Path

import pytest

from erekon.portal.stage_look import STAGE_LOOK

ROOT = Path(__file__).resolve().parents[4]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ASSETS = sorted([*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").glob("*.js")])
SPRITE = (ROOT / "static/icons.svg").read_text()
PUBLIC = [
    "css/tokens.css",
    "css/base.css",
    "css/shell.css",
    "css/buttons.css",
    "css/tags.css",
    "css/verify.css",
]
PUBLIC_LIMIT = 40 * 1024


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_names_only_icons_the_sprite_has(path: Path) -> None:
    named = set(re.findall(r"{% icon ['\"]([\w-]+)['\"]", path.read_text()))
    assert named <= set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_post_form_carries_the_csrf_token(path: Path) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S)
    assert all("{% csrf_token %}" in form for form in forms)


@pytest.mark.parametrize("path", [*TEMPLATES, *ASSETS], ids=lambda path: path.name)
def test_file_stays_under_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 300


def test_every_stage_has_an_icon_of_the_sprite() -> None:
    for look in STAGE_LOOK.values():
        assert f'<symbol id="{look.icon}"' in SPRITE


def test_public_page_with_all_its_parts_stays_under_40_kb() -> None:
    parts = ["icons.svg", "favicon.svg", "js/cocokkan.js", *PUBLIC]
    pages = ["base_public.html", "bar/verifikasi.html", "components/_vonis_verifikasi.html"]
    total = sum((ROOT / "static" / part).stat().st_size for part in parts)
    total += sum((ROOT / "templates" / page).stat().st_size for page in pages)
    assert total < PUBLIC_LIMIT
