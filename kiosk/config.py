"""The configuration: read from TOML, checked, frozen; a mistake is told with file, key and what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import msgspec

from kiosk.camera_setting import Camera
from kiosk.config_tree import ConfigError, as_path, assign, explained, merge, read_tree
from kiosk.hours import HoursFaulty, OpeningHours, closed_days, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Config", "ConfigError", "assembled", "load", "merge", "read_tree"]

Positive = Annotated[float, msgspec.Meta(gt=0)]
Millimetres = Annotated[int, msgspec.Meta(ge=40, le=2000)]
Pixels = Annotated[int, msgspec.Meta(ge=320, le=7680)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Level = Annotated[int, msgspec.Meta(ge=1, le=5)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]


KEYS = "next", "previous", "select", "back", "repeat"
NO_PIN, LAST_PIN = -1, 27  # BCM numbers of a header with forty places


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file; unknown keys are refused."""


class Kiosk(Section, frozen=True):
    """Which kiosk this is."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
    name: Text
    demo: bool
    languages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    remote: str = ""  # socket for stories and tests; refused outside the demonstration


class CityWords(Section, frozen=True):
    """The city in another language; what is left out is said in Japanese."""

    name: str = ""
    counter: str = ""
    pick_up: str = ""


class City(Section, frozen=True):
    """The receiver, and how the courier reaches it."""

    name: Text
    seal: Annotated[str, msgspec.Meta(min_length=1, max_length=1)]
    service: Text
    receiver: Text
    counter: Text
    pick_up: Text
    hours: Text
    url: Annotated[str, msgspec.Meta(pattern=r"^https://[^/]+$")]
    ca: Path
    client_certificate: Path
    client_key: Path
    sealing_key: Path
    receipt_key: Path
    enrolment: str = ""  # file with the one-time code for a certificate; empty: it is brought by hand
    catalogue_keys: tuple[Path, ...] = ()  # one, or two while the city changes its key
    translations: dict[str, CityWords] = {}


class Screen(Section, frozen=True):
    """The panel."""

    width: Pixels
    height: Pixels
    mm: tuple[Millimetres, Millimetres]
    fullscreen: bool
    theme: Literal["light", "dark", "high_contrast", "yellow_on_black"]
    tokens: Path
    texts: Path
    dim_after: Annotated[float, msgspec.Meta(ge=0)] = 600.0  # seconds without a touch; 0: never
    dim_to: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20  # percent of the backlight
    backlight: str = ""  # file in which the wished percent are left; empty: nobody would set it


class Fonts(Section, frozen=True):
    """Font files, in the order in which they are asked for a character."""

    text: Path
    text_bold: Path
    fixed: Path
    fixed_bold: Path
    wide: Path
    wide_bold: Path
    names: Path  # the last of the chain: characters of names


class Reader(Section, frozen=True):
    """The card reader."""

    kind: Literal["pcsc", "direct"]
    name: str  # part of the reader's name; empty: the only one there is
    restart_flag: str  # a file that has the service manager start pcscd anew; empty: nobody would
    long_answers: bool = True  # false: never asked for answers of more than 256 bytes
    direct_cards: Path | None = None  # folder of virtual cards for the direct reader, demonstration only
    direct_control: str = ""  # socket that lays and lifts them


class Prefill(Section, frozen=True):
    """How the card's text applet is opened."""

    by: Literal["pin", "number_b"]


class Trust(Section, frozen=True):
    """Whose signing certificates are accepted before signing."""

    anchors: Annotated[tuple[Path, ...], msgspec.Meta(min_length=1)]
    policies: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Spool(Section, frozen=True):
    """Where sealed applications wait."""

    path: Path
    capacity: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    patience: Positive  # seconds the citizen is asked to wait for the city's answer


class Courier(Section, frozen=True):
    """The program that carries applications to the city."""

    control: str  # socket of the demonstration's switch; empty: none
    connect_timeout: Positive
    answer_timeout: Positive
    first_wait: Positive
    longest_wait: Positive
    catalogue_interval: Positive = 300.0  # seconds between two questions for the newest catalogue


class Input(Section, frozen=True):
    """Keys beside the screen; what is not named here has no effect."""

    keypad: Literal["none", "keyboard", "gpio"] = "none"
    next: tuple[str, ...] = ("tab", "right", "down")
    previous: tuple[str, ...] = ("shift-tab", "left", "up")
    select: tuple[str, ...] = ("return", "kp_enter", "space")
    back: tuple[str, ...] = ("escape", "backspace")
    repeat: tuple[str, ...] = ("home",)  # say it again
    pin_next: int = -1
    pin_previous: int = -1
    pin_select: int = -1
    pin_back: int = -1
    pin_repeat: int = -1


class Voice(Section, frozen=True):
    """The voice: with headphones, or when somebody asks for it on the screen."""

    on: bool = False
    clips: Path = Path("build/voice")
    driver: str = "alsa"  # of SDL; empty: SDL chooses
    pace: Level = 3  # where a visit begins
    volume: Level = 3
    loudspeaker: Share = 0.6  # of full scale: never louder, whatever the citizen chooses
    earphones: Share = 0.8  # the same in headphones
    headphones: Literal["none", "pin", "jack"] = "none"  # what tells that headphones are in
    headphones_pin: int = -1  # BCM, closed to ground while they are
    headphones_jack: str = ""  # part of the input device's name; empty: the only one there is


class Panel(Section, frozen=True):
    """Lamp, buzzer and help button; an absent pin is -1."""

    factory: Literal["mock", "gpiod", "none"]
    lamp_red: int
    lamp_green: int
    lamp_blue: int
    buzzer: int
    help_button: int
    power_button: int = -1  # inside the case: held 3 s the staff's menu, held 8 s the machine's end
    power_flag: str = ""  # a file that has the service manager switch the machine off; empty: the program ends
    chip: str = ""  # label of the GPIO chip; empty: the board's own


class Conversion(Section, frozen=True):
    """Kana to kanji."""

    socket: str  # of the helper that keeps mozc-server; empty: the word lists alone
    words: Path


class JourneySection(Section, frozen=True):
    """How the walk goes in this place."""

    checklist: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=3)]
    patience: Positive  # all waiting times are multiplied by it
    clock_must_be_trusted: bool


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Spans = tuple[str, ...]


class Hours(Section, frozen=True):
    """When the kiosk is open, as times of Japan; a day without times is closed, an absent one open day and night."""

    monday: Spans = ("00:00-24:00",)
    tuesday: Spans = ("00:00-24:00",)
    wednesday: Spans = ("00:00-24:00",)
    thursday: Spans = ("00:00-24:00",)
    friday: Spans = ("00:00-24:00",)
    saturday: Spans = ("00:00-24:00",)
    sunday: Spans = ("00:00-24:00",)
    closed: tuple[str, ...] = ()  # 2026-12-29, or 12-29 for each year

    def opening(self) -> OpeningHours:
        """Return them as the programs ask them; raises ConfigError without a file."""
        week = tuple(_hours(f"hours.{day}", spans, getattr(self, day)) for day in WEEK)
        once, yearly = _hours("hours.closed", closed_days, self.closed)
        return OpeningHours(week, once, yearly)


class Forms(Section, frozen=True):
    """The forms that this kiosk offers: those of the city's catalogue; and the table of postcodes."""

    directory: Path  # the sentences about problems; the forms too while there is no catalogue
    postcodes: Path
    catalogue: str = ""  # folder that the courier keeps; empty: none, under development only
    grace_days: Annotated[int, msgspec.Meta(ge=0, le=90)] = 3  # beyond its end, while the city cannot be reached


class Update(Section, frozen=True):
    """Updates of the whole image; only one that is made of two slots can take them."""

    door: str = ""  # folder in memory where kiosk and updater tell each other; empty: no updater
    url: str = ""  # https://…/madoguchi.raucb; empty: from a stick only
    ca: Path = Path("/etc/madoguchi/trust/update_server_ca.pem")  # of that server, and no other
    authority: Path = Path("/etc/madoguchi/trust/update_ca.pem")  # who signs bundles
    folder: Path = Path("/data/update")  # where they wait
    hours: tuple[str, ...] = ("22:00-24:00", "00:00-05:00")  # when they may be installed, as times of Japan
    interval: Positive = 3600.0  # seconds between two questions for a new one
    limit: Positive = 300.0  # seconds in which a new one has to prove itself


Tried = Literal[
    "screen", "touch", "reader", "lamp", "buzzer", "button", "disk", "clock", "network", "city", "catalogue"
]


class FirstDay(Section, frozen=True):
    """The self-test that opens the kiosk."""

    folder: str = ""  # of the report; empty: no test is asked for, in the demonstration only
    musts: tuple[Tried, ...] = ("screen", "touch", "reader", "disk", "clock", "network", "city", "catalogue")
    stick: str = ""  # where word of the last stick is left; empty: at its usual place


class Config(Section, frozen=True):
    """Everything that can be set."""

    kiosk: Kiosk
    city: City
    screen: Screen
    fonts: Fonts
    reader: Reader
    prefill: Prefill
    trust: Trust
    spool: Spool
    courier: Courier
    panel: Panel
    conversion: Conversion
    journey: JourneySection
    forms: Forms
    hours: Hours = Hours()
    first_day: FirstDay = FirstDay()
    input: Input = Input()
    update: Update = Update()
    voice: Voice = Voice()
    camera: Camera = Camera()


def load(path: Path, profile: Path | None = None, sets: Sequence[str] = ()) -> Config:
    """Read `path`, lay `profile` over it, then each `key=value` of `sets`; relative paths start at the repository.

    Raises ConfigError.
    """
    tree = read_tree(path)
    if profile is not None:
        merge(tree, read_tree(profile))
    for assignment in sets:
        assign(tree, assignment)
    return assembled(tree, path if profile is None else f"{path} + {profile}")


def assembled(tree: dict[str, Any], source: Path | str) -> Config:
    """Check a whole tree of tables that came from `source`; raises ConfigError."""
    config = _convert(tree, source)
    _refuse_demo_parts(config, source)
    _check_hours(config, source)
    if fault := config.camera.fault() or _pin_fault(config):
        raise ConfigError(source, *fault)
    if config.voice.on and config.voice.headphones == "pin" and config.voice.headphones_pin < 0:
        raise ConfigError(source, "voice.headphones_pin", 'a pin, for headphones = "pin"')
    if config.forms.catalogue and not config.city.catalogue_keys:
        raise ConfigError(source, "city.catalogue_keys", "the key of those who publish the catalogue")
    return config


def _pin_fault(config: Config) -> tuple[str, str] | None:
    """Return the first pin that is not the header's or has a purpose already, and what was expected."""
    panel, keys, voice = config.panel, config.input, config.voice
    if panel.factory == "none":
        return None
    names = "lamp_red", "lamp_green", "lamp_blue", "buzzer", "help_button", "power_button"
    named = [(f"panel.{name}", getattr(panel, name)) for name in names]
    if keys.keypad == "gpio":
        named += [(f"input.pin_{name}", getattr(keys, f"pin_{name}")) for name in KEYS]
    if voice.on and voice.headphones == "pin":
        named.append(("voice.headphones_pin", voice.headphones_pin))
    taken: dict[int, str] = {}
    for key, pin in named:
        if not NO_PIN <= pin <= LAST_PIN:
            return key, f"a pin from 0 to {LAST_PIN} (BCM), or {NO_PIN}: none"
        if pin != NO_PIN and pin in taken:
            return key, f"a pin of its own: {pin} is {taken[pin]}"
        taken[pin] = key
    return None


def _convert(tree: dict[str, Any], source: Path | str) -> Config:
    try:
        return msgspec.convert(tree, Config, dec_hook=as_path)
    except msgspec.ValidationError as error:
        key, expected = explained(str(error))
        raise ConfigError(source, key, expected) from error


T = TypeVar("T")


def _hours(key: str, read: Callable[[tuple[str, ...]], T], words: tuple[str, ...]) -> T:
    try:
        return read(words)
    except HoursFaulty as error:
        raise ConfigError("configuration", key, str(error)) from None


def _check_hours(config: Config, source: Path | str) -> None:
    try:
        config.hours.opening()
        _hours("update.hours", spans, tuple(sorted(config.update.hours)))
    except ConfigError as error:
        raise ConfigError(source, error.key, error.expected) from None


def _refuse_demo_parts(config: Config, source: Path | str) -> None:
    """A kiosk in service has no virtual parts, whatever a file says."""
    if config.kiosk.demo:
        return
    for key, wrong, expected in (
        ("kiosk.remote", bool(config.kiosk.remote), "empty outside the demonstration"),
        ("courier.control", bool(config.courier.control), "empty outside the demonstration"),
        ("reader.kind", config.reader.kind == "direct", '"pcsc" outside the demonstration'),
        ("forms.catalogue", not config.forms.catalogue, "a folder outside the demonstration"),
        ("update.url", bool(config.update.url) and not config.update.url.startswith("https://"), "https://…"),
        ("camera.factory", config.camera.factory == "files", '"pi" or "none" outside the demonstration'),
        ("first_day.folder", not config.first_day.folder, "a folder outside the demonstration"),
        ("panel.factory", config.panel.factory == "mock", '"gpiod" or "none" outside the demonstration'),
    ):
        if wrong:
            raise ConfigError(source, key, expected)
