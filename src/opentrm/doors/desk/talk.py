"""Messages between nodes in plain sentences: what was asked, offered, answered, and where it stands."""

from collections.abc import Callable
from typing import Any

STATES = {
    ("origin", "requested"): "Asked. Waiting for the other country's answer.",
    ("origin", "offered"): "The other country offers a place. Tell her what it says and give her time.",
    ("origin", "terms"): "She agrees. Waiting until the other country holds the place.",
    ("origin", "locked"): "The place is held. Both countries score the risk of return; nobody has been named yet.",
    ("origin", "disclosed"): "What she agreed to has been sent. Next: the journey.",
    ("origin", "travelling"): "The journey is agreed. Send news as it goes on.",
    ("origin", "arrived"): "She arrived. We stay responsible until the handover is signed.",
    ("origin", "alarm"): "She did not arrive. Telephone now.",
    ("origin", "handed_over"): "The other country is responsible for her now.",
    ("destination", "received"): "Answer the request: offer, ask back, or say no.",
    ("destination", "offered"): "We offered. Waiting for her answer.",
    ("destination", "locked"): "The place is held. Both countries score the risk of return.",
    ("destination", "holds"): "What she agreed to has arrived. Prepare the place; the plan of the journey follows.",
    ("destination", "expecting"): "She is expected. Meet her as the plan says; the agreed word is said first.",
    ("destination", "arrived"): "She is here. Sign the handover when she has what was promised.",
    ("destination", "alarm"): "She did not arrive. Telephone now.",
    ("destination", "in_care"): "She is in our care.",
    ("destination", "care_only"): "She is in our care. Nothing about her is sent any more.",
    (
        "destination",
        "meeting_only",
    ): "She took her yes back and still wants to be met. Meet her; the details go 24 hours after.",
}
for _side in ("origin", "destination"):
    STATES |= {
        (_side, "declined"): "The answer was no. Another country, or another time, can be asked.",
        (_side, "cancelled"): "This referral was ended.",
        (_side, "withdrawn"): "She took her yes back. Nothing more is sent, and what was held is erased.",
        (_side, "closing"): "We closed our side. The other country has not yet.",
        (_side, "close_asked"): "The other country closed its side.",
        (_side, "closed"): "Both countries closed it.",
    }

FACES = {
    "REQUEST": "Request", "CLARIFY_ASK": "Question", "CLARIFY_ANSWER": "Answer", "OFFER": "Offer",
    "COUNTER": "Change of the offer", "DECLINE": "No", "TERMS": "She agrees", "LOCK": "Place held",
    "JOINT_RISK": "Risk of return", "DISCLOSE": "What she agreed to", "TRAVEL_PLAN": "Plan of the journey",
    "UPDATE": "News of the journey", "ARRIVED": "Arrived", "NOT_ARRIVED": "Not arrived",
    "HANDOVER_CONFIRMED": "Handover", "PROGRESS": "How she is", "FEEDBACK_SUMMARY": "What she said about us",
    "CLOSE": "Closed", "CANCEL": "Ended", "WITHDRAW": "She took her yes back",
}  # fmt: skip

QUESTIONS = {
    "date_can_move": "Can the date move?", "arrives_at_night": "Would she arrive at night?",
    "shared_room_fits": "Does a shared room fit?", "same_room_for_child": "Should the child be in the same room?",
    "step_free_needed": "Is step-free access needed?", "interpreter_needed": "Is an interpreter needed?",
    "school_place_needed": "Is a school place needed?", "baby_items_needed": "Are things for a baby needed?",
    "other_region_fits": "Does another region fit?", "longer_than_3_months": "Longer than three months?",
}  # fmt: skip

NEEDS = {
    "shelter": "A safe place to stay", "housing": "A flat", "medical": "Doctor", "psychosocial": "Psychologist",
    "legal": "Lawyer", "documents": "Papers", "child_care": "Care for a child", "education": "School, course",
    "work": "Work", "protection": "Protection", "reception_on_arrival": "Somebody meets her",
    "case_management": "A case manager",
}  # fmt: skip
KINDS = {
    "return": "Return", "removal_by_authority": "Removal by an authority", "own_departure": "She goes by herself",
    "information_only": "Information only", "witness_return": "Return of a witness", "phoned": "Agreed by telephone",
}  # fmt: skip
URGENCY = {"today": "Today", "72_hours": "Within 72 hours", "month": "Within a month"}
FOR = {"women": "Women", "men": "Men", "girls": "Girls", "boys": "Boys", "families": "Families", "any": "Anybody"}
REGIONS = {"any": "Any", "capital": "The capital", "north": "North", "south": "South", "east": "East", "west": "West",
           "centre": "Centre"}  # fmt: skip
ACCESS = {"step_free": "Step-free", "personal_care": "Personal care", "sign_language": "Sign language",
          "low_vision": "Low vision", "infant": "A baby"}  # fmt: skip
TONGUES = {
    "sq": "Albanian",
    "bs": "Bosnian",
    "cnr": "Montenegrin",
    "hr": "Croatian",
    "sr": "Serbian",
    "mk": "Macedonian",
    "ro": "Romanian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "tr": "Turkish",
    "rom": "Romani",
    "en": "English",
    "ar": "Arabic",
    "fa": "Persian",
    "other": "Another",
}
DECLINES = {"no_place": "No place is free", "not_our_service": "We do not have this service",
            "no_language": "Nobody speaks the language", "date_passed": "The date has passed",
            "not_agreed": "We could not agree", "closed": "We are closed"}  # fmt: skip

Line = tuple[str, str]


def request_lines(request: dict[str, Any]) -> list[Line]:
    """A capacity request, line by line: exactly what crossed."""
    capacity = request["capacity"]
    people = ", ".join(f"{group['count']} × {group['band']}" for group in capacity["travellers"])
    return [
        ("Kind", KINDS.get(request["referral"], request["referral"])),
        ("What is needed", _names(NEEDS, capacity["needs"])),
        ("Who travels", people),
        ("For", FOR.get(capacity["service_for"], "")),
        ("Languages", _names(TONGUES, capacity["languages"])),
        ("Access", _names(ACCESS, capacity["access"]) or "None"),
        ("When", URGENCY.get(capacity["urgency"], "")),
        ("Region", REGIONS.get(capacity["region"], "")),
    ]


def offer_lines(offer: dict[str, Any]) -> list[Line]:
    """An offer, line by line."""
    places = [f"{NEEDS.get(p['service'], p['service'])}: {p['count']}, free from {p['free_from'][:10]}"
              + (f" until {p['free_until'][:10]}" if p["free_until"] else "") for p in offer["places"]]  # fmt: skip
    manager = offer["case_manager"]
    return [
        ("Organisation", offer["organisation"]),
        ("Places", "; ".join(places)),
        ("What is asked of her", "; ".join(offer["conditions"]) or "Nothing"),
        ("Languages", _names(TONGUES, offer["languages"])),
        ("Case manager", f"{manager['name']}, {manager['office_phone']}"),
        ("Valid until", offer["valid_until"][:10]),
    ]


def say(said: Any) -> str:
    """One message in a sentence, from its coded body."""
    body = said.body or {}
    return SAYS[said.kind](body) if said.kind in SAYS and body else ""


def _risk(body: dict[str, Any]) -> str:
    return f"{body['level'].replace('_', ' ').capitalize()}, holds until {body['valid_until'][:10]}"


def _answers(body: dict[str, Any]) -> str:
    return "; ".join(f"{QUESTIONS.get(a['question'], '')} {a['answer'].replace('_', ' ')}" for a in body["answers"])


MEETS: dict[str, str] = {
    "keep": "Somebody should still meet her.",
    "erase": "Nobody should meet her.",
    "unanswered": "She has not said whether somebody should still meet her.",
    "not_travelling": "",
}

SAYS: dict[str, Callable[[dict[str, Any]], str]] = {
    "CLARIFY_ASK": lambda body: " ".join(QUESTIONS.get(code, code) for code in body["questions"]),
    "CLARIFY_ANSWER": _answers,
    "DECLINE": lambda body: DECLINES.get(body["reason"], ""),
    "COUNTER": lambda body: ", ".join(body.get("change", [])),
    "JOINT_RISK": _risk,
    "LOCK": lambda body: f"Until {body['held_until'][:10]}",
    "UPDATE": lambda body: body["status"].replace("_", " ").capitalize(),
    "ARRIVED": lambda body: "She was met." if body["met"] else "She was not met.",
    "CLOSE": lambda body: body["reason"].replace("_", " ").capitalize(),
    "CANCEL": lambda body: body["reason"].replace("_", " ").capitalize(),
    "WITHDRAW": lambda body: MEETS.get(body["meeting"], ""),
}


def _names(table: dict[str, str], codes: list[str]) -> str:
    return ", ".join(table.get(code, code) for code in codes)
