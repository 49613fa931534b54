"""Stage ``consent``: what she was told (F-03), what she agreed to (F-11), and taking it back.

Each yes is small, has one purpose and an end. It is not valid in custody, when she is unfit, with an officer,
employer or suspect relative present, after she refused the interpreter, or by a guardian under suspicion.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opentrm.accounts.models import User
from opentrm.audit.record import Machine
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Consent, Filing
from opentrm.cases.purposes import Purpose, purpose
from opentrm.cases.step import MISSING, step
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound, NotNow, NotValid
from opentrm.node import current
from opentrm.protocol import Answers

# What makes a yes invalid, and what to say. The form asks each; the answer "yes" to one stops the consent.
INVALID = {
    "in_custody": "A yes given in custody is not valid. Ask again when she is free to leave.",
    "unfit": "She is not fit to decide now. Help goes on; ask again when she is rested.",
    "pressure_present": "Somebody is present who could press her. Ask again in private.",
    "interpreter_refused": "She refused the interpreter. Find another one and ask again.",
    "guardian_suspected": "This guardian cannot agree for the child. A guardian who is cleared has to.",
}


@dataclass(frozen=True)
class Given:
    """A consent as its page shows it."""

    id: str
    purpose: Purpose
    given_at: datetime
    valid_until: datetime
    withdrawn_at: datetime | None
    recipient: str
    country: str
    sections: tuple[str, ...]
    offer_digest: str
    language: str
    text_version: str
    text_digest: str
    by_guardian: bool
    reading: str
    proof: str

    @property
    def live(self) -> bool:
        """Whether it still counts."""
        return self.withdrawn_at is None and self.valid_until > clock.now()


@step("person.informed", stage="screen", section="consent", gives=("informed",))
def inform(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep what she was told, how, in which language, and what she said will happen next (F-03)."""
    return file(opened, "F-03", answers)


@step("consent.given", stage="consent", section="consent")
def give(
    opened: OpenCase,
    code: str,
    answers: Answers,
    *,
    actor: User,
    language: str = "en",
    recipient: str = "",
    country: str = "",
    sections: tuple[str, ...] = (),
    offer_digest: str = "",
    days: int | None = None,
) -> Consent:
    """Keep one yes. A newer yes for the same purpose replaces the older one.

    Raises NotValid when the moment or the setting makes it invalid, or its text may not be used here; NotNow
    when something has to come first, such as the offer it is bound to.
    """
    wanted = purpose(code)
    _check(opened, wanted, answers, language, recipient, offer_digest)
    for older in live(opened, code):
        Consent.objects.filter(pk=older.id).update(withdrawn_at=clock.now(), withdrawn_how="replaced")
    filing = file(opened, "F-11", answers)
    at = clock.now()
    consent = Consent(
        case=opened.case, by=actor, given_at=at, valid_until=at + timedelta(days=min(days or 90, wanted.days))
    )
    body = _body(wanted, language, recipient, country, sections, offer_digest, opened.header.child, filing.id)
    body |= {"reading": answers.said("reading"), "proof": answers.said("proof")}
    consent.sealed = opened.keys.seal("consent", "consent", consent.id, body)
    consent.save()
    opened.change(given=(wanted.fact,))
    return consent


@step("consent.withdrawn", stage="consent", section="consent")
def withdraw(opened: OpenCase, consent: Consent, how: str = "desk", *, actor: User | Machine) -> Consent:
    """Take one yes back: at once, by any channel, without a reason. The journal remembers it across restores."""
    if consent.case_id != opened.case.pk:
        raise NotFound()
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_how = clock.now(), how
        consent.save(update_fields=["withdrawn_at", "withdrawn_how"])
        current.journal().append("consent.withdrawn", consent=consent.id, case=opened.case.id)
    opened.change(ended=frozenset({shown(opened, consent).purpose.fact}))
    return consent


def shown(opened: OpenCase, consent: Consent) -> Given:
    """Open a consent for a page or an act."""
    body = opened.keys.open("consent", "consent", consent.id, consent.sealed)
    return Given(
        id=consent.id, purpose=purpose(body["purpose"]), given_at=consent.given_at, valid_until=consent.valid_until,
        withdrawn_at=consent.withdrawn_at, recipient=body["recipient"], country=body["country"],
        sections=tuple(body["sections"]), offer_digest=body["offer_digest"], language=body["language"],
        text_version=body["text_version"], text_digest=body["text_digest"], by_guardian=body["by_guardian"],
        reading=body["reading"], proof=body["proof"],
    )  # fmt: skip


def everything(opened: OpenCase) -> list[Given]:
    """All her consents, the newest first, ended ones too."""
    return [shown(opened, c) for c in Consent.objects.filter(case=opened.case).order_by("-given_at")]


def live(opened: OpenCase, code: str) -> list[Given]:
    """The consents of one purpose that still count."""
    return [given for given in everything(opened) if given.purpose.code == code and given.live]


def consent_of(opened: OpenCase, consent_id: str) -> Consent:
    """One consent of this case. Raises NotFound for any other."""
    found = Consent.objects.filter(case=opened.case, pk=consent_id).first()
    if found is None:
        raise NotFound()
    return found


def _check(
    opened: OpenCase, wanted: Purpose, answers: Answers, language: str, recipient: str, offer_digest: str
) -> None:
    for fact in wanted.needs:
        if fact not in opened.facts:
            reason, stage = MISSING.get(fact, ("Something has to come first.", None))
            raise NotNow(reason, step=stage)
    errors = {name: sentence for name, sentence in INVALID.items() if _yes(answers, name)}
    if opened.header.child and "guardian" not in opened.facts:
        errors["guardian"] = "A guardian who is cleared has to be there before a child is asked."
    if wanted.bound and not (recipient and offer_digest):
        errors["recipient"] = "This yes has to name the place that offered, and its very offer."
    if not current.texts().usable(wanted.text, language, demo=current.home().demo):
        errors["language"] = "No native speaker has approved this text yet, so a real node may not use it."
    if errors:
        raise NotValid(" ".join(errors.values()), errors)


def _yes(answers: Answers, name: str) -> bool:
    answer = answers.get(name)
    return answer is not None and str(answer.value).lower() in ("yes", "true")


def _body(
    wanted: Purpose,
    language: str,
    recipient: str,
    country: str,
    sections: tuple[str, ...],
    offer_digest: str,
    child: bool,
    filing: str,
) -> dict[str, Any]:
    texts = current.texts()
    return {
        "purpose": wanted.code, "language": language, "recipient": recipient, "country": country,
        "sections": sorted(sections), "offer_digest": offer_digest, "by_guardian": child, "filing": filing,
        "text": wanted.text, "text_version": str(texts.version(wanted.text)),
        "text_digest": texts.digest(wanted.text, language),
    }  # fmt: skip
