"""`python -m city`: serve, provision, enrol, catalogue publish, export, createstaff."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from city.config import DEFAULT_FILE, Config, load, to_environment
from city.errors import CityError
from city.provision import provision


def _configured(arguments: argparse.Namespace) -> Config:
    """Return the configuration and let Django's settings be made from the same."""
    config = load(arguments.config, arguments.set)
    to_environment(arguments.config, arguments.set)
    os.environ["DJANGO_SETTINGS_MODULE"] = "city.settings"
    return config


# Django and pyHanko are imported inside the verbs that need them: provisioning stays quick, and Django's settings
# cannot be read before the configuration is known.


def _serve(arguments: argparse.Namespace) -> None:
    config = _configured(arguments)
    from city.server.program import serve

    serve(config)


def _provision(arguments: argparse.Namespace) -> None:
    provision(Path(arguments.dir), arguments.kiosk, arguments.city_name, hosts=arguments.host)


def _publish(arguments: argparse.Namespace) -> None:
    config = load(arguments.config, arguments.set)
    from city.catalogue.publish import publish

    serial = publish(
        Path(arguments.forms or config.forms.directory),
        Path(arguments.out) if arguments.out else config.path(config.catalogue.directory),
        config.path(config.keys.catalogue),
        config.city.name,
        arguments.days or config.catalogue.days,
    )
    print(f"様式目録を公開しました: {serial}")


def _export(arguments: argparse.Namespace) -> None:
    _configured(arguments)
    import django

    django.setup()
    from city.staff.export import export

    count = export(Path(arguments.out), arguments.transaction)
    print(f"{count}件を書き出しました: {arguments.out}")


def _createstaff(arguments: argparse.Namespace) -> None:
    config = _configured(arguments)
    import django

    django.setup()
    from city.server.program import prepare_database
    from city.staff.accounts import create_staff

    prepare_database(config)
    typed = getpass.getpass("パスワード: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    create_staff(arguments.name, typed, chief=arguments.chief)
    print(f"職員を登録しました: {arguments.name}")


def _enrol(arguments: argparse.Namespace) -> None:
    config = _configured(arguments)
    import django

    django.setup()
    from django.utils import timezone

    from city.enrolment.codes import open_enrolment
    from city.server.program import prepare_database

    prepare_database(config)
    print(open_enrolment(arguments.kiosk, arguments.days, timezone.now()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m city", description="The reference city.")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    configured = argparse.ArgumentParser(add_help=False)
    configured.add_argument("--config", default=DEFAULT_FILE, help="TOML file (default: %(default)s)")
    configured.add_argument("--set", action="append", default=[], metavar="section.key=value")

    serve = verbs.add_parser("serve", parents=[configured], help="take in applications and show them to the staff")
    serve.set_defaults(run=_serve)

    keys = verbs.add_parser("provision", help="make the city's keys and a kiosk's certificate")
    keys.add_argument("--dir", required=True)
    keys.add_argument("--kiosk", required=True, metavar="ID")
    keys.add_argument("--city-name", default="Madoguchi")
    keys.add_argument("--host", action="append", default=[], metavar="NAME", help="by which kiosks reach the city")
    keys.set_defaults(run=_provision)

    enrol = verbs.add_parser("enrol", parents=[configured], help="print the one-time code for a new kiosk")
    enrol.add_argument("kiosk", metavar="ID")
    enrol.add_argument("--days", type=int, choices=range(1, 91), default=14, metavar="N", help="good for so many days")
    enrol.set_defaults(run=_enrol)

    _add_catalogue(verbs.add_parser("catalogue", help="the forms that kiosks show"), configured)

    out = verbs.add_parser("export", parents=[configured], help="write containers, receipts and verdicts to a folder")
    out.add_argument("--out", required=True, metavar="DIR")
    out.add_argument("--transaction", metavar="ID", help="only this one, straight into DIR")
    out.set_defaults(run=_export)

    staff = verbs.add_parser("createstaff", parents=[configured], help="add a staff account; password from stdin")
    staff.add_argument("name")
    staff.add_argument("--chief", action="store_true", help="may also manage kiosks and accounts")
    staff.set_defaults(run=_createstaff)
    return parser


def _add_catalogue(catalogue: argparse.ArgumentParser, configured: argparse.ArgumentParser) -> None:
    verbs = catalogue.add_subparsers(required=True, metavar="verb")
    publish = verbs.add_parser("publish", parents=[configured], help="sign the forms as the next catalogue")
    publish.add_argument("--forms", metavar="DIR", help="the forms (default: forms.directory)")
    publish.add_argument("--out", metavar="DIR", help="the published catalogues (default: catalogue.directory)")
    publish.add_argument("--days", type=int, choices=range(1, 401), metavar="N", help="good for so many days")
    publish.set_defaults(run=_publish)


def main() -> int:
    """Run one verb; 2 when the configuration or a file cannot be used."""
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except CityError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
