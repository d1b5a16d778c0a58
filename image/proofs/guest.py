"""A machine with everything around it, as the proofs hold it: boot it, look, touch, ask, note what was seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from kiosk.demo.line import NoAnswer, ask
from kiosk.demo.player import Player
from kiosk.demo.screen import NotOnScreen, Screen
from proofs.machine import Machine, NotSeen
from proofs.pixels import is_scene
from proofs.provisioned import command_line
from proofs.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PIL.Image import Image

    from drivers.virtual.control import VirtualTray
    from kiosk.demo.setting import Setting
    from kiosk.demo.story import Story
    from proofs.guest_line import GuestLine
    from proofs.outside import Outside

PATIENCE = 900.0  # seconds; a busy machine took 118 until the first picture
SLOWER = 12.0  # times slower than a story expects
KIOSK, COURIER, CARDS, LAST = (
    "madoguchi-kiosk.service", "madoguchi-courier.service", "pcscd.service", "madoguchi-out-of-service.service",
)  # fmt: skip


class Facts:
    """Lines of what was seen, told as they come and kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.write_text("", encoding="utf-8")

    def note(self, line: str) -> None:
        """Write down a line."""
        print(line, flush=True)  # noqa: T201 - whoever waits wants to see it
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class Guest:
    """One run of the machine; ends with its `with` block."""

    def __init__(
        self,
        folder: Path,
        image: Path,
        outside: Outside,
        facts: Facts,
        disk: Sequence[str],
        line: str = "",
        board: Callable[[Path, Sequence[str]], Machine] | None = None,
    ) -> None:
        """`disk` are the options for it; `line` is the kernel's command line, where not the proofs' usual one.

        `board` makes a machine that does not begin with the image's kernel.
        """
        boot = image / "boot"
        self.machine = board(folder, disk) if board else Machine(folder, disk, boot, line or command_line(boot))
        self.frozen: Path | None = None
        self.outside = outside
        self._facts = facts
        self._relay: Relay | None = None

    def __enter__(self) -> Self:
        self.machine.start(self.frozen)
        self.outside.put_card_into(self.machine)
        self._relay = Relay(self.machine, self.outside.setting.remote, self.outside.setting.courier)
        if self.frozen is not None:
            self.line.run("date", "--set", f"@{time.time()}")  # it has slept since
        else:
            self.outside.tray.lay("hanako")  # which plugs the reader in
            self.machine.wait_for("Linux version|Booting Linux|Starting kernel", PATIENCE)
            self.outside.tray.lift()
        return self

    def __exit__(self, *_: object) -> None:
        self.machine.pull_the_plug()
        if self._relay is not None:
            self._relay.close()
        self.outside.take_card_away()

    def note(self, what: str) -> None:
        """Write down what was seen, with the machine's own time since it was switched on."""
        self._facts.note(f"{self.machine.own_time:6.1f} s  {what}")

    # ---- what stories change ----------------------------------------------------------------------------------

    @property
    def setting(self) -> Setting:
        """Where the sockets are by which stories look and touch."""
        return self.outside.setting

    @property
    def tray(self) -> VirtualTray:
        """The reader's tray."""
        return self.outside.tray

    def start_city(self) -> None:
        """Start the city outside."""
        self.outside.start_city()

    def stop_city(self) -> None:
        """End it."""
        self.outside.stop_city()

    def switch_delivery(self, *, on: bool) -> dict[str, Any]:
        """Let the courier deliver, or hold it back."""
        return ask(self.setting.courier, {"do": "resume" if on else "pause"})

    def break_pcscd(self) -> None:
        """Take the card service away."""
        self.run("systemctl", "stop", "pcscd.socket", CARDS)

    def restart_pcscd(self) -> None:
        """Bring it back."""
        self.run("systemctl", "start", "pcscd.socket", CARDS)

    def export(self, folder: Path) -> None:
        """Write what the city has stored into `folder`."""
        self.outside.export(folder)

    # ---- looking ----------------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The kiosk's screen, and a finger."""
        return Screen(self.setting.remote, SLOWER)

    def until(self, seen: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Look until `seen` is true; raises NotSeen."""
        end = time.monotonic() + seconds
        while not seen():
            if not self.machine.running:
                raise NotSeen(f"{what}: the machine has switched itself off")
            if time.monotonic() > end:
                raise NotSeen(what)
            time.sleep(1)

    def step(self) -> str:
        """Return the step that the kiosk shows; empty while it does not answer."""
        try:
            return self.screen.look().step
        except (NotOnScreen, NoAnswer):
            return ""

    def scene(self, name: str) -> Image:
        """Wait until something is drawn on the screen and return the picture of it."""
        picture = self.machine.picture(name)
        end = time.monotonic() + PATIENCE
        while not is_scene(picture):
            if time.monotonic() > end:
                raise NotSeen(f"{name}: the screen shows no scene")
            time.sleep(2)
            picture = self.machine.picture(name)
        return picture

    def wait_for_attract(self) -> None:
        """Wait for agent, kiosk and catalogue: until somebody may come."""
        if self.frozen is None:
            self.line.wait_for_hello(PATIENCE)
        self.until(lambda: self.step() == "attract", "the attract scene")

    # ---- asking and doing -------------------------------------------------------------------------------------

    @property
    def line(self) -> GuestLine:
        """The line to the agent."""
        if self.machine.line is None:
            raise NotSeen("the machine: it is off")
        return self.machine.line

    def run(self, *words: str, seconds: float = 60.0) -> str:
        """Run a program in the machine and return what it printed; raises NotSeen when it did not end well."""
        ran = self.line.run(*words, seconds=seconds)
        if ran.code:
            raise NotSeen(f"{' '.join(words)}: {ran.err.strip() or ran.code}")
        return ran.out

    def show(self, unit: str, *names: str) -> dict[str, str]:
        """Return properties of a unit."""
        told = self.run("systemctl", "show", unit, *(f"--property={name}" for name in names))
        return dict(line.split("=", 1) for line in told.splitlines() if "=" in line)

    def play(self, story: Story, pictures: str) -> None:
        """Play a story at the machine's screen; raises StoryBroken."""
        player = Player(self, self.machine.folder / pictures, self._tell, slower=SLOWER)
        player.play(story)

    def _tell(self, line: str) -> None:
        print(f"           {line}", flush=True)  # noqa: T201
