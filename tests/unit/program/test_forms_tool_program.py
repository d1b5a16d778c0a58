"""Whoever writes a form is told what is wrong with it, and sees what it looks like."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[3]
FORMS = ROOT / "config" / "forms"


@pytest.fixture
def folder(tmp_path):
    """One form in two languages."""
    shutil.copytree(FORMS / "tenshutsu", tmp_path / "forms" / "tenshutsu")
    for language in ("ja", "en"):
        shutil.copy(FORMS / f"problems.{language}.toml", tmp_path / "forms")
    return tmp_path / "forms"


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "forms", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_right_form_passes(folder):
    done = run("lint", folder)
    assert (done.returncode, done.stdout) == (0, "1 forms in ja, en, 0 faults\n")


def test_a_wrong_form_is_named_with_place_and_reason(folder):
    path = folder / "tenshutsu" / "ui.json"
    layout = json.loads(path.read_text("utf-8"))
    layout["elements"][2]["elements"][0]["options"]["days_ahead"] = "soon"
    path.write_text(json.dumps(layout), "utf-8")
    done = run("lint", folder)
    assert done.returncode == 1
    assert f"{path}: #/elements/2/elements/0/options/days_ahead: expected a whole number" in done.stdout


def test_a_missing_language_is_named(folder):
    (folder / "tenshutsu" / "texts.en.toml").unlink()
    done = run("lint", folder)
    assert done.returncode == 1
    assert "texts.en.toml" in done.stdout


def test_an_empty_folder_is_no_success(tmp_path):
    assert run("lint", tmp_path).returncode == 1


def test_every_page_is_drawn_on_both_panels_in_every_size_and_has_room(folder, tmp_path):
    done = run("preview", folder, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "1 forms in ja, en, 0 faults\n")
    sizes = {}
    for path in (tmp_path / "out").glob("*.png"):
        with Image.open(path) as picture:
            sizes[path.name] = picture.size
    pages, questions = 9, 17  # eight pages, of which the members have a row and a list; each question by itself
    assert len(sizes) == (pages * 2 + questions * 2) * 2 * 2  # text sizes, panels, languages
    assert sizes["tenshutsu.6-members-rows.en.800x480.1.2.png"] == (800, 480)
    assert sizes["tenshutsu.1-applicant.ja.1280x800.1.0.png"] == (1280, 800)
    assert sizes["tenshutsu.1-applicant.2.ja.1280x800.1.6.png"] == (1280, 800)


def test_one_text_size_can_be_asked_for(folder, tmp_path):
    done = run("preview", folder, "--out", tmp_path / "out", "--text", "1.2")
    assert (done.returncode, done.stdout) == (0, "1 forms in ja, en, 0 faults\n")
    assert {path.name[-8:] for path in (tmp_path / "out").glob("*.png")} == {".1.2.png"}


def test_each_language_is_drawn_with_the_characters_of_its_region(tmp_path):
    """骨 and 直 are drawn otherwise in Chinese than in Japanese: the same title must not look the same."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS / "inkan", folder / "inkan")
    for language in ("ja", "zh-Hans"):
        shutil.copy(FORMS / f"problems.{language}.toml", folder)
        path = folder / "inkan" / f"texts.{language}.toml"
        words = path.read_text("utf-8")
        path.write_text(re.sub(r'(\[pages\.applicant\]\ntitle = )".*"', r'\1"骨直骨直"', words), "utf-8")
    assert run("preview", folder, "--out", tmp_path / "out", "--text", "1.0").returncode == 0
    titles = []
    for language in ("ja", "zh-Hans"):
        with Image.open(tmp_path / "out" / f"inkan.1-applicant.{language}.1280x800.1.0.png") as picture:
            titles.append(picture.convert("L").crop((48, 112, 260, 180)))
    assert min(title.getextrema()[0] for title in titles) < 80  # there are words
    assert titles[0].tobytes() != titles[1].tobytes()
