"""The anonymous request (S0) as a form: filled from the case, coded, and looked at for what may point to one person."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest

from opentrm.cases.filing import latest
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.talk import ACCESS, FOR, KINDS, NEEDS, REGIONS, TONGUES, URGENCY
from opentrm.federation.bodies.asking import Phoned
from opentrm.federation.capacity import CapacityRequest, may_point_to_one_person
from opentrm.federation.refusal import NotAccepted
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.protocol import Answers, Form, Group, Question
from opentrm.ui.sheet import typed

BANDS = ("0-5", "6-11", "12-17", "18-24", "25-39", "40-59", "60+")
COUNTS = tuple((str(number), str(number)) for number in range(6))
HOLD = timedelta(days=3)
AGES = {"child": "12-17", "18_24": "18-24", "25_39": "25-39", "40_59": "40-59", "60_up": "60+"}
FROM_NEEDS = {"accommodation": "shelter", "health": "medical", "mind": "psychosocial", "papers": "documents",
              "justice": "legal", "education": "education", "work": "work", "children": "child_care",
              "safety": "protection"}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A request that was typed: the coded part, and what was agreed by telephone."""

    capacity: CapacityRequest
    spoken: Phoned | None


def capacity_form(partners: list[Any], *, phoned: bool) -> Form:
    """The questions of S0, and for a phoned referral what was said on the line."""
    ask = (
        Question(
            id="partner",
            ask="Which country is asked?",
            kind="one",
            required=True,
            options=tuple((p.node, p.owner) for p in partners),
        ),
        *(
            ()
            if phoned
            else (_choice("kind", "What kind of referral?", {k: v for k, v in KINDS.items() if k != "phoned"}),)
        ),
    )
    who = tuple(Question(id=f"band_{band}", ask=f"People aged {band}", kind="one", options=COUNTS) for band in BANDS)
    what = (
        _choice("needs", "What is needed there?", NEEDS, kind="many"),
        _choice("service_for", "A place for", FOR),
        _choice("languages", "Languages", TONGUES, kind="many"),
        Question(id="access", ask="Access", kind="many", options=tuple(ACCESS.items())),
        _choice("urgency", "When?", URGENCY),
        _choice("region", "Which part of the country?", REGIONS),
    )
    groups = (
        Group(question=ask),
        Group(title="What is needed", question=what),
        Group(title="Who travels", question=who),
    )
    spoken = (_spoken(),) if phoned else ()
    title = "Agreed by telephone" if phoned else "Ask another country"
    return Form(id="S0", version="1", title=title, stage="refer", section="referral", group=(*spoken, *groups),
                button="Ask, without her name")  # fmt: skip


def read_capacity(answers: Answers) -> Wanted:
    """The coded request. Raises NotValid at the question that has to be mended."""
    people = [{"band": band, "count": int(answers.said(f"band_{band}"))} for band in BANDS
              if answers.said(f"band_{band}") not in ("", "0")]  # fmt: skip
    if not people:
        raise NotValid("Say how many people travel.", {"band_25-39": "Choose at least one person in an age group."})
    plain = {"needs": list(answers.many("needs")), "travellers": people, "service_for": answers.said("service_for"),
             "languages": list(answers.many("languages"))[:4], "access": list(answers.many("access")),
             "urgency": answers.said("urgency"), "region": answers.said("region")}  # fmt: skip
    return Wanted(CapacityRequest.read(plain), _phoned(answers))


def known_for(opened: OpenCase, partners: list[Any]) -> Answers:
    """What the case already says, so that the request writes itself."""
    first, needs, road = latest(opened, "F-01"), latest(opened, "F-10"), latest(opened, "F-15a")
    said = first.answers if first else Answers({})
    wanted = {code for name, code in FROM_NEEDS.items() if needs and needs.answers.said(f"{name}_level") in ("0", "1")}
    country = road.answers.said("country") if road else ""
    chosen = next((p.node for p in partners if p.country == country), "")
    language = said.said("language")
    values: dict[str, Any] = {
        "partner": chosen, "needs": tuple(sorted(wanted | {"shelter", "case_management", "reception_on_arrival"})),
        "languages": (language,) if language in TONGUES else (), "urgency": "month", "region": "any", "kind": "return",
        "service_for": _for(opened, said), f"band_{AGES.get(said.said('age_group'), '25-39')}": "1",
    }  # fmt: skip
    if said.said("with_child") in ("baby", "child", "children"):
        values |= {"service_for": "families", "band_0-5" if said.said("with_child") == "baby" else "band_6-11": "1"}
    return Answers.of("referral", **{name: value for name, value in values.items() if value})


def warnings(request: HttpRequest, form: Form) -> tuple[str, ...]:
    """Why this combination may point to one person; shown to the sender, never a refusal."""
    if request.method != "POST":
        return ()
    try:
        return may_point_to_one_person(read_capacity(form.parse(typed(request.POST))).capacity)
    except (NotValid, NotAccepted, KeyError):
        return ()


def _for(opened: OpenCase, said: Answers) -> str:
    man = said.said("sex") == "man"
    if opened.header.child:
        return "boys" if man else "girls"
    return "men" if man else "women"


def _choice(name: str, ask: str, table: dict[str, str], kind: Any = "one") -> Question:
    return Question(id=name, ask=ask, kind=kind, required=True, options=tuple(table.items()))


def _spoken() -> Group:
    tick = {"kind": "tick", "required": True}
    return Group(
        title="On the telephone",
        say="The sender stays responsible. Both nodes confirm within 24 hours.",
        question=(
            Question(
                id="rang_back", ask="I rang back on the number I know", must="Ring back on the number you know.", **tick
            ),
            Question(
                id="challenge_word", ask="They said the challenge word", must="Ask for the challenge word.", **tick
            ),
            Question(
                id="free",
                ask="She is free, fit, alone with us, and took the interpreter",
                must="Her spoken yes counts only then.",
                **tick,
            ),
            Question(
                id="spoken_consent",
                ask="She said yes to being asked about, without her name",
                must="Without her yes nothing is asked.",
                **tick,
            ),
            Question(
                id="her_words", ask="What does she say will happen, in her words?", kind="long", rows=2, required=True
            ),
        ),
    )


def _phoned(answers: Answers) -> Phoned | None:
    if answers.said("rang_back") != "yes":
        return None
    at: datetime = clock.now().astimezone(UTC)
    return Phoned(spoken_at=at, rang_back=True, challenge_word=True, spoken_consent=True, spoken_lock_until=at + HOLD)
