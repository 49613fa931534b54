"""Stage ``screen``: the first contact hands over, the duty desk accepts, a case begins (SOP 1.1)."""

import json
from datetime import timedelta

from opentrm.accounts.action import action
from opentrm.accounts.models import Organisation, User
from opentrm.audit.record import Machine
from opentrm.cases import clocks, names
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase, join, open_for
from opentrm.cases.keys import make_keys
from opentrm.cases.models import Case, Intake
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from opentrm.kernel.ids import new_ref
from opentrm.node import current
from opentrm.protocol import Answers
from opentrm.vault import Place, Wrapped, new_key, seal, unseal

FIRST_CONTACT = ("border_officer", "duty_desk", "case_manager", "contact_point", "supervisor")
ACCEPT_WITHIN = {True: timedelta(hours=1), False: timedelta(hours=24)}


@action("screening.handed-over", *FIRST_CONTACT)
def hand_over(
    answers: Answers, to: Organisation, *, actor: User, urgent: bool = False, channel: str = "desk"
) -> Intake:
    """Hand a screening (F-01) over to the duty desk of an organisation; the officer keeps the receipt."""
    given = clock.now()
    intake = Intake(
        receipt=new_ref(current.home().country), by=actor, to=to, handed_at=given, channel=channel, urgent=urgent,
        due_at=given + ACCEPT_WITHIN[urgent],
    )  # fmt: skip
    key = new_key()
    wrapped = current.keyring().wrap(key, about=f"intake|{intake.id}".encode())
    intake.generation, intake.wrapped = wrapped.generation, wrapped.blob
    intake.sealed = seal(key, json.dumps(answers.as_json()).encode(), _place(intake))
    intake.save()
    return intake


@action("screening.declined", *FIRST_CONTACT)
def decline(*, actor: User) -> None:
    """She wants nothing. No name, no case: the log counts one, and nothing else is kept."""


@action("screening.read", "duty_desk", "supervisor")
def read(intake: Intake, *, actor: User) -> Answers:
    """Open a screening that waits for the actor's own duty desk."""
    _check_desk(intake, actor)
    return _answers(intake)


@action("screening.accepted", "duty_desk", "supervisor")
def accept(intake: Intake, manager: User, *, actor: User) -> Case:
    """Accept a screening and name the case manager. The case begins; the desk's view of it ends."""
    _check_desk(intake, actor)
    if intake.accepted_at is not None:
        raise NotNow("A colleague has accepted this one already.")
    if not manager.is_active or not manager.holds("case_manager"):
        raise NotValid("Choose a case manager.", {"manager": "Choose somebody who is a case manager here."})
    if manager.organisation_id != intake.to_id:
        raise NotValid("Choose a case manager of this desk.", {"manager": "Choose somebody of your own desk."})
    case = begin(_answers(intake), manager, by=intake.by, at=intake.handed_at)
    intake.accepted_at, intake.accepted_by, intake.case = clock.now(), actor, case
    # What was handed over now lies in the case; the copy under the desk's key is destroyed.
    intake.sealed, intake.wrapped = b"", b""
    intake.save()
    return case


def begin(answers: Answers, manager: User, *, by: User | None = None, at: object = None, extra: str = "") -> Case:
    """Make a case from a screening, with its keys and its one named case manager."""
    given, profile = clock.now(), current.profile()
    case = Case.objects.create(
        ref=new_ref(current.home().country), opened_at=given, custody=current.home().id, owner=manager,
        profile_id=profile.id, profile_version=profile.version, profile_digest=profile.digest, touched_at=given,
    )  # fmt: skip
    opened = open_for(Machine("intake"), case)
    opened.__dict__["keys"] = make_keys(case)
    join(case, manager, "case_manager" + (f",{extra}" if extra else ""), given)
    filing = file(opened, "F-01", answers)
    filing.by = by
    filing.save(update_fields=["by"])
    describe(opened, answers)
    opened.change(given=("screened",))
    opened.note("screening.accepted", "status", filing.id)
    opened.save()
    clocks.follow(opened, ("screening.accepted", *opened.facts))
    return case


def describe(opened: OpenCase, answers: Answers) -> None:
    """Fill the header of a case from a screening: what was said, and no more."""
    said = {name: _value(answers, name) for name in ("name", "language", "citizenship", "age_group", "age_doubt")}
    child = said["age_group"] in ("child", "under_18") or said["age_doubt"] in ("yes", "True", "true")
    opened.change(
        name=said["name"], language=said["language"], country=said["citizenship"][:2].upper(), child=child,
        given=("child",) if child else (),
    )  # fmt: skip
    opened.case.country_mark = names.country_mark(said["citizenship"][:2])
    names.index(opened, said["name"])


def _value(answers: Answers, name: str) -> str:
    answer = answers.get(name)
    if answer is None or answer.value is None:
        return ""
    value = answer.value
    return str(value[0] if isinstance(value, list | tuple) and value else value) if value else ""


def waiting(actor: User) -> list[Intake]:
    """The screenings that wait for the actor's own duty desk, the most urgent first."""
    if not actor.holds("duty_desk", "supervisor"):
        return []
    found = Intake.objects.filter(to=actor.organisation, accepted_at=None).select_related("by", "to")
    return list(found.order_by("-urgent", "due_at"))


def intake_for(actor: User, receipt: str) -> Intake:
    """A screening by its receipt, for its own duty desk only."""
    found = Intake.objects.select_related("to", "by").filter(receipt=receipt, to=actor.organisation).first()
    if found is None or not actor.holds("duty_desk", "supervisor"):
        raise NotFound()
    return found


def receipts(actor: User) -> list[Intake]:
    """What the officer handed over: receipt, when, to whom, whether it was accepted. Nothing else."""
    return list(Intake.objects.filter(by=actor).select_related("to").order_by("-handed_at")[:50])


def _check_desk(intake: Intake, actor: User) -> None:
    if intake.to_id != actor.organisation_id:
        raise NotAllowed("This screening waits for another desk.")


def _answers(intake: Intake) -> Answers:
    wrapped = Wrapped(intake.generation, bytes(intake.wrapped))
    key = current.keyring().unwrap(wrapped, about=f"intake|{intake.id}".encode())
    return Answers.from_json(json.loads(unseal(key, bytes(intake.sealed), _place(intake))))


def _place(intake: Intake) -> Place:
    return Place(table="intake", row=intake.id, column="sealed", generation="1")
