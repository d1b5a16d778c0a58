"""A configuration that cannot be used is refused, by file, key and expectation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from city.config import Config, load
from city.errors import ConfigError

ROOT = Path(__file__).parents[3]


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "city.toml"
    path.write_text(text)
    return str(path)


def test_the_shipped_file_loads():
    assert load(str(ROOT / "config/city.toml")).city.name == "鶴ヶ島市"


def test_production_trusts_no_demonstration_and_no_test_policy():
    config = load(str(ROOT / "config/city.toml"))
    assert not config.trust.allow_demo
    assert config.trust.policies == ("1.2.392.200149.8.5.1.1.20",)
    assert not config.forms.any


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[kiosk_door]\nport = 70000", "kiosk_door.port"),
        ('[kiosk_door]\nport = "8443"', "kiosk_door.port"),
        ("[kiosk_door]\nportt = 1", "kiosk_door.portt"),
        ("[nonsense]\na = 1", "nonsense"),
        ('[trust]\npolicies = ["signing"]', "trust.policies[]"),
        ("[trust]\nanchors = []", "trust.anchors"),
        ('[revocation]\nsource = "ocsp"', "revocation.source"),
        ("[revocation]\nlists = []", "revocation.lists"),
        ('[staff_door]\nhost = "0.0.0.0"', "staff_door.host"),
        ('[staff_door]\ncertificate = "city.pem"', "staff_door.key"),
        ("[staff_door]\nport = 8443", "staff_door.port"),
        ("[process]\nworkers = 2", "process.workers"),
        ('[kiosks]\nids = ["a b"]', "kiosks.ids[]"),
        ('[forms.accepted]\njuminhyo = ["abc"]', "forms.accepted[][]"),
        ("[limits]\nsealed = 10", "limits.sealed"),
        ("[city", "file"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_key(tmp_path, text, key):
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as refused:
        load(path)
    assert refused.value.source == path
    assert re.sub(r"\[[0-9.]+\]", "[]", refused.value.key) == key
    assert "expected" in str(refused.value).lower() or "no such key" in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match="nowhere"):
        load(str(tmp_path / "nowhere.toml"))


def test_settings_override_as_toml_or_as_text(tmp_path):
    settings = ["kiosk_door.port=0", "files.directory=/srv/city", 'trust.policies=["1.2.3"]', "trust.allow_demo=true"]
    config = load(written(tmp_path, ""), settings)
    assert config.kiosk_door.port == 0
    assert str(config.path("a.pem")) == "/srv/city/a.pem"
    assert config.trust.policies == ("1.2.3",)
    assert config.trust.allow_demo is True


@pytest.mark.parametrize("setting", ["port=1", "kiosk_door.port", "=", "kiosk_door.=1"])
def test_a_setting_without_section_key_and_value_is_refused(tmp_path, setting):
    with pytest.raises(ConfigError, match=r"section\.key=value"):
        load(written(tmp_path, ""), [setting])


def test_the_value_that_stands_there_is_shown(tmp_path):
    with pytest.raises(ConfigError, match="-5"):
        load(written(tmp_path, "[kiosk_door]\nport = -5"))


def test_an_absolute_name_stays_where_it_is():
    assert str(Config().path("/etc/city/a.pem")) == "/etc/city/a.pem"


def test_django_settings_import_without_any_configuration():
    bare = {name: value for name, value in os.environ.items() if name != "MADOGUCHI_CITY"}
    code = "import city.settings as s; print(s.LANGUAGE_CODE, s.CITY.kiosk_door.port)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=bare, capture_output=True, text=True, check=True)
    assert done.stdout == "ja 8443\n"
