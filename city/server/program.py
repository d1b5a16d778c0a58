"""The city as one gunicorn program: checked, migrated, bound to its two doors, announced by one line."""

# gunicorn carries no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import json
import os
import ssl
import sys
from typing import TYPE_CHECKING, Any

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from city.doors import ENROLMENT, KIOSK, STAFF
from city.errors import FileUnusable
from city.provision import Authority
from city.server.worker import DoorWorker, behind_doors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from gunicorn.arbiter import Arbiter

    from city.config import Config, EnrolmentDoor, KioskDoor, StaffDoor

_DOORS = (KIOSK, STAFF, ENROLMENT)  # in the order in which their sockets are bound


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError):
        raise FileUnusable(certificate, f"a certificate (PEM) whose key is {key.name}") from None
    return context


def kiosk_tls(config: Config) -> ssl.SSLContext:
    """Return TLS that demands a client certificate of the city's authority; raises FileUnusable."""
    door = config.kiosk_door
    context = _context(config.path(door.certificate), config.path(door.key))
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_verify_locations(config.path(door.client_ca))
    except (OSError, ssl.SSLError):
        raise FileUnusable(config.path(door.client_ca), "the kiosks' authority (PEM)") from None
    return context


def enrolment_tls(config: Config) -> ssl.SSLContext:
    """Return TLS of the kiosks' door without client certificates: who comes there has none yet."""
    door = config.kiosk_door
    return _context(config.path(door.certificate), config.path(door.key))


def staff_tls(config: Config) -> ssl.SSLContext | None:
    """Return plain TLS for the staff's door, or None where it is plain HTTP on loopback."""
    door = config.staff_door
    return _context(config.path(door.certificate), config.path(door.key)) if door.certificate else None


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class CityServer(BaseApplication):
    """gunicorn's view of the city."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._tls = [kiosk_tls(config), staff_tls(config)]
        if config.enrolment_door.on or config.kiosk_door.renews:
            Authority.read(config.path(config.kiosk_door.client_ca), config.path(config.keys.authority))
        if config.enrolment_door.on:
            self._tls.append(enrolment_tls(config))
        self.doors_by_port: dict[str, str] = {}
        super().__init__()

    def tls_of(self, door: int) -> ssl.SSLContext | None:
        """Return the TLS of the door with this index."""
        return self._tls[door]

    def door_of(self, door: int) -> str:
        """Return the name of the door with this index."""
        return _DOORS[door]

    def load_config(self) -> None:
        """Set gunicorn up: nothing of its own is logged per request, nothing listens beside the two doors."""
        config = self._config
        doors: list[KioskDoor | StaffDoor | EnrolmentDoor] = [config.kiosk_door, config.staff_door]
        if config.enrolment_door.on:
            doors.append(config.enrolment_door)
        settings: dict[str, Any] = {
            "bind": [_address(door.host, door.port) for door in doors],
            "workers": config.process.workers,
            "threads": config.process.threads,
            "preload_app": True,
            "sendfile": False,
            "keepalive": 15,
            "graceful_timeout": 10,
            "limit_request_line": 1024,
            "limit_request_fields": 40,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": announce,
            "worker_class": DoorWorker,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)  # type: ignore[union-attr]  # made by the base class before this is called

    def load(self) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
        """Return the WSGI application."""
        return behind_doors(get_wsgi_application(), self.doors_by_port)


def announce(arbiter: Arbiter) -> None:
    """Print one JSON line with the ports: from now on connections are answered."""
    ports = [listener.sock.getsockname()[1] for listener in arbiter.LISTENERS]
    line = {"event": "ready", "pid": os.getpid(), "kiosk_port": ports[0], "staff_port": ports[1]}
    if len(ports) > len((KIOSK, STAFF)):
        line["enrolment_port"] = ports[2]
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def prepare_database(config: Config) -> None:
    """Bring the database to the present shape and enter the configured kiosks."""
    from city.intake.models import Kiosk

    if config.database.engine == "sqlite":
        config.path(config.database.name).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    for kiosk_id in config.kiosks.ids:
        Kiosk.objects.get_or_create(kiosk_id=kiosk_id)


def serve(config: Config) -> None:
    """Check every file, migrate, and serve until told to stop; raises FileUnusable before anything listens."""
    server = CityServer(config)
    django.setup()
    from django.db import connections

    from city.intake.parts import parts

    parts()
    prepare_database(config)
    connections.close_all()  # a connection must not be shared with the workers that are about to be forked
    server.run()
