"""A wrong configuration is told with file, key and what was expected; a kiosk in service has no virtual parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import ConfigError, load

ROOT = Path(__file__).parents[3]
BASE, DEMO = ROOT / "config/kiosk.toml", ROOT / "config/profiles/demo.toml"


@pytest.mark.parametrize(
    "profile", [None, *(ROOT / "config/profiles" / f"{name}.toml" for name in ("demo", "event", "hall"))], ids=str
)
def test_every_profile_that_is_shipped_can_be_loaded(profile: Path | None) -> None:
    assert load(BASE, profile).kiosk.id


def test_a_setting_lies_over_profile_and_file() -> None:
    config = load(BASE, DEMO, ["screen.width=800", "screen.height=480", "city.name=つるがしま", "spool.patience=0.5"])
    assert (config.screen.width, config.screen.height) == (800, 480)
    assert config.city.name == "つるがしま"
    assert config.spool.patience == 0.5


@pytest.mark.parametrize(
    ("setting", "key", "expected"),
    [
        ("screen.width=wide", "screen.width", "int"),
        ("screen.width=10", "screen.width", ">= 320"),
        ("screen.wdth=800", "screen.wdth", "no such key"),
        ("scren.width=800", "scren", "no such key"),
        ("city.url=http://city.example", "city.url", "matching"),
        ("city.seal=鶴ヶ島", "city.seal", "length <= 1"),
        ("journey.checklist=[]", "journey.checklist", "length >= 1"),
        ("panel.factory=rpigpio", "panel.factory", "enum"),
        ('hours.monday=["8:30-17:15"]', "hours.monday", '"08:30-17:15"'),
        ('hours.friday=["08:30-12:00", "11:00-17:15"]', "hours.friday", "after the one before"),
        ('hours.sunday=["23:00-01:00"]', "hours.sunday", "until 24:00"),
        ('hours.closed=["2026-02-30"]', "hours.closed", '"2026-12-29"'),
        ("kiosk.id=Kiosk_01", "kiosk.id", "matching"),
        ("nonsense", "nonsense", "key=value"),
        ("kiosk.id.x=1", "kiosk.id.x", "not a table"),
    ],
)
def test_a_wrong_value_is_named(setting: str, key: str, expected: str) -> None:
    with pytest.raises(ConfigError) as told:
        load(BASE, DEMO, [setting])
    assert told.value.key == key
    assert expected.lower() in told.value.expected.lower()


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    text = BASE.read_text(encoding="utf-8").replace('receiver = "鶴ヶ島市"', "")
    (tmp_path / "kiosk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load(tmp_path / "kiosk.toml")
    assert (told.value.key, "kiosk.toml" in str(told.value)) == ("city.receiver", True)


def test_a_catalogue_needs_the_key_of_its_publisher() -> None:
    with pytest.raises(ConfigError, match=r"city\.catalogue_keys"):
        load(BASE, DEMO, ["city.catalogue_keys=[]"])
    assert load(BASE, DEMO, ["city.catalogue_keys=[]", "forms.catalogue="]).forms.catalogue == ""


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ("camera.factory=webcam", "camera.factory"),
        ("camera.turned=45", "camera.turned"),
        ("camera.width=640", "camera.width"),
        ("camera.width=100", "camera.width"),
        ("camera.files=paper.png", "camera.files"),
        ("camera.factory=files", "camera.files"),
        ("camera.zoom=2", "camera.zoom"),
    ],
)
def test_a_camera_that_cannot_serve_is_refused_with_its_key(setting: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(BASE, DEMO, [setting])
    assert caught.value.key == key


@pytest.mark.parametrize("text", ["[kiosk", "\x00", 'id = "a"\nid = "b"'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "kiosk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"kiosk\.toml: \(file\): valid TOML was expected"):
        load(tmp_path / "kiosk.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.toml"):
        load(tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    "setting",
    [
        "kiosk.remote=/run/x.sock",
        "courier.control=/run/x.sock",
        "reader.kind=direct",
        "panel.factory=mock",
        'camera={factory="files",files=["a.png"]}',
        "forms.catalogue=",
    ],
)
def test_a_kiosk_in_service_has_no_virtual_parts(setting: str) -> None:
    load(BASE, DEMO, [setting])
    with pytest.raises(ConfigError, match="outside the demonstration"):
        load(BASE, None, [setting])


@pytest.mark.parametrize(
    ("sets", "key"),
    [
        (["panel.buzzer=28"], "panel.buzzer"),
        (["panel.help_button=-2"], "panel.help_button"),
        (["panel.help_button=22"], "panel.help_button"),
        (["input.keypad=gpio", "input.pin_next=17"], "input.pin_next"),
        (["voice.on=true", "voice.headphones=pin", "voice.headphones_pin=18"], "voice.headphones_pin"),
    ],
)
def test_a_pin_is_one_of_the_headers_and_has_one_purpose(sets: list[str], key: str) -> None:
    with pytest.raises(ConfigError) as told:
        load(BASE, DEMO, sets)
    assert told.value.key == key
    assert load(BASE, DEMO, ["panel.factory=none", *sets]), "without a panel nobody looks at pins"


def test_pins_that_nothing_reads_may_be_anything() -> None:
    assert load(BASE, DEMO, ["input.pin_next=17", "panel.buzzer=-1", "panel.help_button=-1"])
