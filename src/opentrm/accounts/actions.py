"""Staff come, change and go: invite, suspend, grant, reset."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError

from opentrm.accounts.action import action
from opentrm.accounts.models import OneTimeLink, Organisation, RoleGrant, User
from opentrm.audit.record import Machine
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound, NotValid
from opentrm.policy import NEVER_TOGETHER

LINK_LIFE = timedelta(hours=72)


@action("organisation.added", "administrator")
def add_organisation(name: str, kind: str = "", phone: str = "", *, actor: User | Machine) -> Organisation:
    """Add a body that works with this node."""
    if Organisation.objects.filter(name__iexact=name.strip()).exists():
        raise NotValid("There is an organisation of that name already.", {"name": "Choose another name."})
    return Organisation.objects.create(name=name.strip(), kind=kind, phone=phone)


@action("staff.invited", "administrator")
def invite(
    username: str,
    display_name: str,
    organisation: Organisation,
    roles: Iterable[str],
    *,
    actor: User | Machine,
    phone: str = "",
) -> tuple[User, str]:
    """Make an account without a password and a one-time link by which its owner sets one."""
    if User.objects.filter(username__iexact=username).exists():
        raise NotValid("That sign-in name is taken.", {"username": "Choose another sign-in name."})
    wanted = _compatible(roles)
    user = User(username=username, display_name=display_name, organisation=organisation, phone=phone)
    user.set_unusable_password()
    user.save()
    for role in sorted(wanted):
        RoleGrant.objects.create(user=user, role=role, granted_at=clock.now())
    return user, one_time_link(user)


@action("staff.roles-changed", "administrator")
def change_roles(user: User, roles: Iterable[str], *, actor: User | Machine) -> User:
    """Give an account exactly these roles. Nobody changes their own."""
    if actor == user:
        raise NotAllowed("Another administrator has to change your own roles.")
    wanted = _compatible(roles)
    user.grants.exclude(role__in=wanted).delete()
    for role in wanted - set(user.grants.values_list("role", flat=True)):
        RoleGrant.objects.create(user=user, role=role, granted_at=clock.now())
    user.__dict__.pop("roles", None)
    return user


@action("staff.suspended", "administrator")
def suspend(user: User, *, actor: User | Machine) -> User:
    """Close an account at once and end its sessions. What it did stays readable."""
    if actor == user:
        raise NotAllowed("Another administrator has to suspend your account.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    return user


@action("staff.reinstated", "administrator")
def reinstate(user: User, *, actor: User | Machine) -> User:
    """Open a suspended account again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@action("staff.reset-link", "administrator")
def reset_link(user: User, *, actor: User | Machine) -> str:
    """A one-time link by which the owner of the account sets a new password."""
    return one_time_link(user)


@action("staff.password-set")
def set_password(token: str, password: str, *, actor: Machine) -> User:
    """Use a one-time link: set the password, end other sessions, and spend the link."""
    link = link_for(token)
    try:
        validate_password(password, link.user)
    except ValidationError as fault:
        raise NotValid(" ".join(fault.messages), {"password": " ".join(fault.messages)}) from fault
    OneTimeLink.objects.filter(user=link.user, used_at=None).update(used_at=clock.now())
    link.user.set_password(password)
    link.user.save(update_fields=["password"])
    _end_sessions(link.user)
    return link.user


def one_time_link(user: User) -> str:
    """Make a link's token; the token itself is shown once and never kept."""
    token = secrets.token_urlsafe(24)
    made = clock.now()
    OneTimeLink.objects.create(user=user, digest=_digest(token), made_at=made, expires_at=made + LINK_LIFE)
    return token


def link_for(token: str) -> OneTimeLink:
    """The open link of this token. Raises NotFound when it is unknown, spent or too old."""
    link = OneTimeLink.objects.select_related("user").filter(
        digest=_digest(token), used_at=None, expires_at__gt=clock.now(), user__is_active=True
    ).first()  # fmt: skip
    if link is None:
        raise NotFound("This link has been used or is too old. Ask your administrator for a new one.")
    return link


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _compatible(roles: Iterable[str]) -> set[str]:
    wanted = set(roles)
    for one, other in NEVER_TOGETHER:
        if one in wanted and other in wanted:
            raise NotAllowed("These roles never meet in one account: one would watch over the other.")
    return wanted


def _end_sessions(user: User) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
