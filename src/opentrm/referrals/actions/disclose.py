"""What leaves: built once, shown field by field, sent only with the digest on the page (design decisions 18, 19)."""

import json
from collections.abc import Mapping
from typing import Any

from opentrm.accounts.models import User
from opentrm.cases.actions import second
from opentrm.cases.filing import show
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, SecondLook
from opentrm.cases.step import step
from opentrm.federation import consent as wire
from opentrm.federation.codes import Purpose, Section
from opentrm.federation.crossing import Crossing, cross
from opentrm.federation.kinds import Kind
from opentrm.federation.readiness import Readiness
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound, NotNow
from opentrm.referrals import identity
from opentrm.referrals.actions.agree import live_consent, wire_consent
from opentrm.referrals.exchange import post, talk_of
from opentrm.referrals.find import the_open_one
from opentrm.referrals.models import Preview, Referral

Sections = Mapping[str, Mapping[str, Any]]
PURPOSE = {Kind.DISCLOSE: Purpose.RECEPTION_AND_CARE, Kind.TRAVEL_PLAN: Purpose.TRAVEL, Kind.PROGRESS: Purpose.PROGRESS}
CONSENT = {Kind.DISCLOSE: "disclose", Kind.TRAVEL_PLAN: "return", Kind.PROGRESS: "progress"}
# Her fears and the staff's own words about a decision stay here, whatever she agrees to.
SEES = frozenset({"case_manager", "second_professional", "supervisor"})
NEVER = {"F-09", "F-11", "F-15a", "F-20", "F-23", "received"}


@step("disclosure.previewed", stage="refer", section="referral", action="send")
def preview(opened: OpenCase, *, actor: User) -> Preview:
    """Build what would leave to the place that offered: only the sections in her consent, newest answers."""
    referral = the_open_one(opened)
    given = live_consent(opened, referral, "disclose")
    return keep(opened, referral, Kind.DISCLOSE, gather(opened, given.sections), actor=actor)


def keep(
    opened: OpenCase, referral: Referral, kind: Kind, sections: Sections, *, actor: User,
    readiness: Readiness | None = None,
) -> Preview:  # fmt: skip
    """Store a preview, sealed, with the digest of its canonical bytes. A child's asks for a second person."""
    check_sees(opened)
    signed = _signed(opened, referral, kind)
    made = build(opened, referral, kind, sections, signed, second_person=True, readiness=readiness)
    shown = Preview(
        referral=referral, kind=kind.value, consent=made.consent_id, digest=made.digest, made_at=clock.now(),
        made_by=actor,
    )  # fmt: skip
    body = {"sections": {name: dict(fields) for name, fields in sections.items()}, "signed": signed.to_json()}
    shown.sealed = opened.keys.seal("referral", "preview", shown.id, body)
    shown.save()
    if opened.header.child:
        second.ask(opened, "disclosure", shown.id, shown.digest, by=actor)
    return shown


@step("disclosure.sent", stage="refer", section="referral", action="send", needs=("locked", "consent.disclose"),
      gives=("disclosed",))  # fmt: skip
def disclose(opened: OpenCase, preview_id: str, digest: str, *, actor: User) -> Preview:
    """Send exactly what was on the page. Any change since then asks for a new preview."""
    return send(opened, preview_id, digest, actor=actor)


def send(opened: OpenCase, preview_id: str, digest: str, *, actor: User, readiness: Readiness | None = None) -> Preview:
    """Cross what was previewed, if its digest is still the one that was seen."""
    referral = the_open_one(opened)
    shown = Preview.objects.filter(pk=preview_id, referral=referral, sent_at=None).first()
    if shown is None or shown.digest != digest:
        raise NotNow("What would leave has changed since you looked. Look at it again.", step="refer")
    kind = Kind(shown.kind)
    made = rebuild(opened, referral, shown, readiness=readiness)
    current = live_consent(opened, referral, CONSENT[kind])
    if made.digest != digest or current.id != shown.consent:
        raise NotNow("What would leave has changed since you looked. Look at it again.", step="refer")
    post(referral, kind, made, by=actor, held=opened, readiness=readiness)
    shown.sent_at = clock.now()
    shown.save(update_fields=["sent_at"])
    return shown


def rebuild(opened: OpenCase, referral: Referral, shown: Preview, *, readiness: Readiness | None = None) -> Crossing:
    """The crossing of a stored preview, from its own sealed values."""
    body = opened.keys.open("referral", "preview", shown.id, shown.sealed)
    signed = wire.SignedConsent.read(body["signed"])
    second_person = shown.second or not opened.header.child
    return build(opened, referral, Kind(shown.kind), body["sections"], signed, second_person=second_person,
                 readiness=readiness)  # fmt: skip


def build(
    opened: OpenCase, referral: Referral, kind: Kind, sections: Sections, signed: wire.SignedConsent, *,
    second_person: bool, readiness: Readiness | None = None,
) -> Crossing:  # fmt: skip
    """Make the only thing that may leave, or refuse with the reason."""
    return cross(
        kind=kind, talk=talk_of(referral), signed=signed, recipient=referral.partner.node,
        organisation=(referral.offer or {})["organisation"], purpose=PURPOSE[kind],
        sections={Section(name): fields for name, fields in sections.items()}, at=clock.now(),
        child=opened.header.child, second_person=second_person, readiness=readiness,
    )  # fmt: skip


def gather(opened: OpenCase, sections: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The newest answer to each question of these sections; what nobody answered does not leave as a blank."""
    found: dict[str, dict[str, Any]] = {section: {} for section in sections}
    filings = Filing.objects.filter(case=opened.case).exclude(form__in=NEVER).prefetch_related("records")
    for filing in filings.order_by("at", "id"):
        for name, answer in show(opened, filing).answers.items():
            if answer.section in found and answer.value:
                value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
                found[answer.section][_field(filing.form, name)] = value
    return {section: fields for section, fields in found.items() if fields}


def _field(form: str, name: str) -> str:
    return name if form == "F-01" else f"{form.lower().replace('-', '')}_{name}"[:48]


def preview_of(opened: OpenCase, preview_id: str) -> Preview:
    """One preview of this case, for those who send or sign it. Raises NotFound for any other."""
    check_sees(opened)
    found = Preview.objects.filter(pk=preview_id, referral__case=opened.case).first()
    if found is None:
        raise NotFound()
    return found


def check_sees(opened: OpenCase) -> None:
    """A preview holds whole sections: only her case manager and those who sign it see one."""
    if not opened.roles & SEES:
        raise NotAllowed("Only her case manager, or who signs as second person, sees what would leave.")


def latest(referral: Referral, kind: Kind) -> Preview | None:
    """The newest preview of a kind that has not been sent."""
    return Preview.objects.filter(referral=referral, kind=kind.value, sent_at=None).order_by("-made_at").first()


def lines(opened: OpenCase, shown: Preview) -> list[tuple[str, str, str]]:
    """What would leave, line by line: section, field, value, exactly as it stands in the message."""
    body = opened.keys.open("referral", "preview", shown.id, shown.sealed)
    return [
        (section, name, ", ".join(value) if isinstance(value, list) else _words(value))
        for section, fields in sorted(body["sections"].items())
        for name, value in sorted(fields.items())
    ]


def asked_as(opened: OpenCase, name: str) -> str:
    """The question behind a field, so that a reader knows what its value answers; empty where there is none."""
    for form in opened.profile.forms.values():
        for question in form.questions():
            if _field(form.id, question.id) == name:
                return question.ask
    return ""


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _signed(opened: OpenCase, referral: Referral, kind: Kind) -> wire.SignedConsent:
    given = live_consent(opened, referral, CONSENT[kind])
    return wire.sign(wire_consent(referral, given), identity.own_keys())


def _second_signed(opened: OpenCase, signed: SecondLook) -> None:
    Preview.objects.filter(pk=signed.about, digest=signed.digest).update(second=True)


second.EFFECTS["disclosure"] = _second_signed
