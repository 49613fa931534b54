"""One node's hand in the demo: does what the stage manager asks, through the same acts that the pages use."""

import secrets
from dataclasses import dataclass, field

from opentrm.accounts import actions as accounts
from opentrm.accounts.models import Organisation, User
from opentrm.audit.record import Machine
from opentrm.config.demo.cast import BODIES, PEOPLE, SERVICES
from opentrm.directory import actions as directory
from opentrm.federation.fields import from_base64, to_base64
from opentrm.node import current
from opentrm.referrals import identity, partners
from opentrm.referrals.exchange import exchange

STAGE_HAND = Machine("demo")
WORDS = (
    "apple",
    "bridge",
    "candle",
    "door",
    "ember",
    "field",
    "garden",
    "harbour",
    "island",
    "juniper",
    "kettle",
    "lantern",
    "meadow",
    "needle",
    "orchard",
    "pebble",
    "quilt",
    "river",
    "saddle",
    "timber",
    "umbrella",
    "valley",
    "willow",
    "yarn",
)


@dataclass
class Node:
    """What an actor knows of its node: the people by sign-in name."""

    people: dict[str, User] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """rs or md."""
        return current.home().id

    def staff(self) -> None:
        """Make organisations, staff and services, once."""
        for body in BODIES[self.id]:
            if not Organisation.objects.filter(name=body.name).exists():
                accounts.add_organisation(body.name, body.kind, body.phone, actor=STAGE_HAND)
        for one in PEOPLE[self.id]:
            if not User.objects.filter(username=one.username).exists():
                home = Organisation.objects.get(name=one.body)
                accounts.invite(one.username, one.name, home, one.roles, actor=STAGE_HAND, phone=home.phone)
        for name, kind, title, free in SERVICES[self.id]:
            home = Organisation.objects.get(name=name)
            if not home.services.filter(title=title).exists():
                made = directory.publish(home, kind, title, actor=STAGE_HAND)
                if free is not None:
                    directory.free_places(made, free, actor=STAGE_HAND)

    def who(self, username: str) -> User:
        """A member of staff."""
        if username not in self.people:
            self.people[username] = User.objects.get(username=username)
        return self.people[username]

    def passwords(self) -> list[tuple[str, str, str]]:
        """A new random password for everybody: sign-in name, what they do, password. Printed at every start."""
        titles = current.profile().roles
        shown = []
        for user in User.objects.filter(is_active=True).order_by("pk"):
            password = "-".join(_pick(WORDS) for _ in range(4))
            user.set_password(password)
            user.save(update_fields=["password"])
            shown.append((user.username, ", ".join(titles[role].title for role in sorted(user.roles)), password))
        return shown

    def card(self) -> str:
        """Our card, for the partner."""
        return to_base64(identity.signed_statement())

    def pair(self, card: str) -> None:
        """Trust the other demo node: its digits are read from its card, which a real pairing never does."""
        made = partners.partners(confirmed=True)
        if not made:
            one = partners.add(from_base64(card), actor=STAGE_HAND)
            partners.confirm(one, partners.fingerprint_of(one).digits, actor=STAGE_HAND)

    def settle(self) -> int:
        """Deliver what is due now, without waiting for the worker."""
        return exchange().deliver_due()


def _pick(words: tuple[str, ...]) -> str:
    return secrets.choice(words)
