"""Staff accounts: those who decide applications, and the chief who also manages kiosks and accounts."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from city.errors import CityError

GROUP = "審査担当"
_PERMISSIONS = ("view_application", "decide_application", "view_kiosk", "view_refusal")


class AccountRefused(CityError):
    """The account cannot be made."""


def deciding_group() -> Group:
    """Return the group whose members read and decide applications."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(codename__in=_PERMISSIONS, content_type__app_label="intake"))
    return group


def create_staff(name: str, password: str, *, chief: bool) -> None:
    """Add an account; raises AccountRefused for a weak password or a name already taken."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages)) from None
    try:
        with transaction.atomic():
            user = User.objects.create_user(name, password=password, is_staff=True, is_superuser=chief)
            user.groups.add(deciding_group())
    except IntegrityError:
        raise AccountRefused(f"この利用者名はすでに使われています: {name}") from None
