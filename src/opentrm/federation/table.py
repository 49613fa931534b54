"""The one table of the dialogue: (side, state, kind, way) -> next state. Whatever is not here is refused.

Crossings are decided by rows (security handbook 3.6): a withdrawal is listed everywhere; a hand-over
stands against a cancellation; a newer offer stands against terms; a decline against a clarification.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opentrm.federation.kinds import Kind
from opentrm.federation.states import Side, State, Way

S, K = State, Kind
O, D = Side.ORIGIN, Side.DESTINATION  # noqa: E741 - the letters of the handbook
SENT, RECEIVED, REFUSED = Way.SENT, Way.RECEIVED, Way.REFUSED


@dataclass(frozen=True)
class Row:
    """One move; ``to`` maps each state it is possible in to the next one."""

    side: Side
    way: Way
    kind: Kind
    to: Mapping[State, State]


def _stay(*states: State) -> Mapping[State, State]:
    return {state: state for state in states}


def _all(to: State, *states: State) -> Mapping[State, State]:
    return dict.fromkeys(states, to)


# States each side can be in, in the order the page shows them.
STATES: Mapping[Side, tuple[State, ...]] = {
    O: (
        S.DRAFT, S.REQUESTED, S.OFFERED, S.TERMS, S.LOCKED, S.DISCLOSED, S.TRAVELLING, S.ARRIVED, S.ALARM,
        S.HANDED_OVER, S.CLOSING, S.CLOSE_ASKED, S.CLOSED, S.DECLINED, S.CANCELLED, S.WITHDRAWN,
    ),
    D: (
        S.NONE, S.RECEIVED, S.OFFERED, S.LOCKED, S.HOLDS, S.EXPECTING, S.ARRIVED, S.ALARM, S.IN_CARE,
        S.CARE_ONLY, S.CLOSING, S.CLOSE_ASKED, S.CLOSED, S.DECLINED, S.CANCELLED, S.WITHDRAWN,
        S.MEETING_ONLY,
    ),
}  # fmt: skip

OPEN_O = (S.LOCKED, S.DISCLOSED, S.TRAVELLING)
OPEN_D = (S.LOCKED, S.HOLDS, S.EXPECTING)

REFERRAL_ROWS = (
    # asking and offering
    Row(O, SENT, K.REQUEST, {S.DRAFT: S.REQUESTED}),
    Row(O, REFUSED, K.REQUEST, {S.REQUESTED: S.CANCELLED}),
    Row(D, RECEIVED, K.REQUEST, {S.NONE: S.RECEIVED}),
    Row(D, SENT, K.CLARIFY_ASK, _stay(S.RECEIVED, S.OFFERED)),
    Row(O, RECEIVED, K.CLARIFY_ASK, _stay(S.REQUESTED, S.OFFERED, S.TERMS)),
    Row(O, SENT, K.CLARIFY_ANSWER, _stay(S.REQUESTED, S.OFFERED, S.TERMS)),
    Row(D, RECEIVED, K.CLARIFY_ANSWER, _stay(S.RECEIVED, S.OFFERED, S.LOCKED, S.DECLINED)),
    Row(D, SENT, K.OFFER, _all(S.OFFERED, S.RECEIVED, S.OFFERED)),
    Row(O, RECEIVED, K.OFFER, _all(S.OFFERED, S.REQUESTED, S.OFFERED, S.TERMS)),
    Row(D, SENT, K.COUNTER, {S.OFFERED: S.OFFERED}),
    Row(O, RECEIVED, K.COUNTER, _all(S.OFFERED, S.REQUESTED, S.OFFERED, S.TERMS)),
    Row(O, SENT, K.COUNTER, {S.OFFERED: S.REQUESTED}),
    Row(D, RECEIVED, K.COUNTER, {S.OFFERED: S.RECEIVED}),
    Row(D, SENT, K.DECLINE, _all(S.DECLINED, S.RECEIVED, S.OFFERED)),
    Row(O, RECEIVED, K.DECLINE, _all(S.DECLINED, S.REQUESTED, S.OFFERED, S.TERMS)),
    # agreeing
    Row(O, SENT, K.TERMS, {S.OFFERED: S.TERMS}),
    Row(O, REFUSED, K.TERMS, {S.TERMS: S.OFFERED}),
    Row(D, RECEIVED, K.TERMS, _stay(S.OFFERED)),
    Row(D, SENT, K.LOCK, {S.OFFERED: S.LOCKED}),
    Row(D, REFUSED, K.LOCK, {S.LOCKED: S.OFFERED}),
    Row(O, RECEIVED, K.LOCK, {S.TERMS: S.LOCKED}),
    Row(O, SENT, K.JOINT_RISK, _stay(*OPEN_O)),
    Row(O, RECEIVED, K.JOINT_RISK, _stay(*OPEN_O)),
    Row(D, SENT, K.JOINT_RISK, _stay(*OPEN_D)),
    Row(D, RECEIVED, K.JOINT_RISK, _stay(*OPEN_D, S.ARRIVED, S.ALARM, S.IN_CARE)),
    # identity and journey
    Row(O, SENT, K.DISCLOSE, {S.LOCKED: S.DISCLOSED, S.DISCLOSED: S.DISCLOSED}),
    Row(D, RECEIVED, K.DISCLOSE, {S.LOCKED: S.HOLDS, S.HOLDS: S.HOLDS}),
    Row(O, SENT, K.TRAVEL_PLAN, {S.DISCLOSED: S.TRAVELLING, S.TRAVELLING: S.TRAVELLING}),
    Row(D, RECEIVED, K.TRAVEL_PLAN, {S.HOLDS: S.EXPECTING, S.EXPECTING: S.EXPECTING}),
    Row(O, SENT, K.UPDATE, _stay(S.DISCLOSED, S.TRAVELLING, S.ALARM)),
    Row(D, RECEIVED, K.UPDATE, _stay(S.HOLDS, S.EXPECTING, S.ALARM, S.ARRIVED, S.IN_CARE, S.MEETING_ONLY)),
    Row(D, SENT, K.ARRIVED, {
        S.HOLDS: S.ARRIVED, S.EXPECTING: S.ARRIVED, S.ALARM: S.ARRIVED, S.MEETING_ONLY: S.MEETING_ONLY}),
    Row(O, RECEIVED, K.ARRIVED, {
        S.DISCLOSED: S.ARRIVED, S.TRAVELLING: S.ARRIVED, S.ALARM: S.ARRIVED, S.CANCELLED: S.ARRIVED,
        S.CLOSING: S.ARRIVED, S.WITHDRAWN: S.WITHDRAWN}),
    Row(D, SENT, K.NOT_ARRIVED, {
        S.HOLDS: S.ALARM, S.EXPECTING: S.ALARM, S.MEETING_ONLY: S.MEETING_ONLY}),
    Row(O, RECEIVED, K.NOT_ARRIVED, {
        S.DISCLOSED: S.ALARM, S.TRAVELLING: S.ALARM, S.ALARM: S.ALARM, S.CANCELLED: S.ALARM,
        S.CLOSING: S.ALARM, S.ARRIVED: S.ARRIVED, S.HANDED_OVER: S.HANDED_OVER, S.WITHDRAWN: S.WITHDRAWN}),
    Row(D, SENT, K.HANDOVER_CONFIRMED, {
        S.HOLDS: S.IN_CARE, S.EXPECTING: S.IN_CARE, S.ALARM: S.IN_CARE, S.ARRIVED: S.IN_CARE,
        S.MEETING_ONLY: S.CARE_ONLY}),
    Row(O, RECEIVED, K.HANDOVER_CONFIRMED, {
        S.DISCLOSED: S.HANDED_OVER, S.TRAVELLING: S.HANDED_OVER, S.ARRIVED: S.HANDED_OVER,
        S.ALARM: S.HANDED_OVER, S.CANCELLED: S.HANDED_OVER, S.CLOSING: S.HANDED_OVER,
        S.WITHDRAWN: S.WITHDRAWN}),
    # afterwards
    Row(D, SENT, K.PROGRESS, _stay(S.IN_CARE)),
    Row(O, RECEIVED, K.PROGRESS, _stay(S.HANDED_OVER, S.CLOSING)),
    Row(D, SENT, K.FEEDBACK_SUMMARY, _stay(S.IN_CARE)),
    Row(O, RECEIVED, K.FEEDBACK_SUMMARY, _stay(S.HANDED_OVER, S.CLOSING)),
    Row(O, SENT, K.CLOSE, {S.DISCLOSED: S.CLOSING, S.HANDED_OVER: S.CLOSING, S.CLOSE_ASKED: S.CLOSED}),
    Row(D, SENT, K.CLOSE, {S.HOLDS: S.CLOSING, S.IN_CARE: S.CLOSING, S.CLOSE_ASKED: S.CLOSED}),
    Row(O, RECEIVED, K.CLOSE, {
        S.DISCLOSED: S.CLOSE_ASKED, S.TRAVELLING: S.CLOSE_ASKED, S.HANDED_OVER: S.CLOSE_ASKED,
        S.CLOSING: S.CLOSED, S.CLOSED: S.CLOSED, S.CANCELLED: S.CANCELLED, S.WITHDRAWN: S.WITHDRAWN}),
    Row(D, RECEIVED, K.CLOSE, {
        S.HOLDS: S.CLOSE_ASKED, S.IN_CARE: S.CLOSE_ASKED, S.CLOSING: S.CLOSED, S.CLOSED: S.CLOSED,
        S.ARRIVED: S.ARRIVED, S.ALARM: S.ALARM, S.CARE_ONLY: S.CARE_ONLY, S.CANCELLED: S.CANCELLED,
        S.WITHDRAWN: S.WITHDRAWN}),
    Row(O, SENT, K.CANCEL, _all(
        S.CANCELLED, S.REQUESTED, S.OFFERED, S.TERMS, S.LOCKED, S.DISCLOSED, S.TRAVELLING, S.ALARM)),
    Row(D, RECEIVED, K.CANCEL, {
        **_all(S.CANCELLED, S.RECEIVED, S.OFFERED, S.LOCKED, S.HOLDS, S.EXPECTING, S.ALARM, S.CANCELLED),
        S.CLOSING: S.CLOSED,
        **_stay(S.ARRIVED, S.IN_CARE, S.CARE_ONLY, S.DECLINED, S.WITHDRAWN, S.MEETING_ONLY)}),
    Row(D, SENT, K.CANCEL, _all(S.CANCELLED, S.LOCKED, S.HOLDS, S.EXPECTING, S.ALARM)),
    Row(O, RECEIVED, K.CANCEL, {
        **_all(S.CANCELLED, S.TERMS, S.LOCKED, S.DISCLOSED, S.TRAVELLING, S.ALARM, S.CANCELLED, S.CLOSING),
        **_stay(S.WITHDRAWN)}),
)  # fmt: skip

# WITHDRAW may be said at either side in every state and beats everything.
_O_GONE = _all(S.WITHDRAWN, *(state for state in STATES[O]))
_D_CARES = {
    S.IN_CARE: S.CARE_ONLY, S.CARE_ONLY: S.CARE_ONLY, S.CLOSE_ASKED: S.CARE_ONLY, S.CLOSING: S.CLOSED,
    S.CLOSED: S.CLOSED,
}  # fmt: skip
_D_GONE = {**_all(S.WITHDRAWN, *STATES[D]), **_D_CARES}

# Where she may be on the way: if somebody should still meet her, or she has not answered, only that stays
# (design decision 6).
STILL_MET: Mapping[State, State] = _all(S.MEETING_ONLY, S.HOLDS, S.EXPECTING, S.ALARM, S.ARRIVED, S.MEETING_ONLY)

WITHDRAW_ROWS = (
    Row(O, SENT, K.WITHDRAW, _O_GONE),
    Row(O, RECEIVED, K.WITHDRAW, _O_GONE),
    Row(D, SENT, K.WITHDRAW, {state: to for state, to in _D_GONE.items() if state is not S.NONE}),
    Row(D, RECEIVED, K.WITHDRAW, _D_GONE),
)

# Her rights over what crossed change no state: they are answered wherever the referral stands.
RIGHTS = (K.RECALL, K.ERASE, K.ERASED, K.ERASE_REFUSED, K.RECTIFY, K.RESTRICT, K.ACCESS_COPY)
RIGHTS_ROWS = tuple(
    Row(side, way, kind, _stay(*STATES[side])) for side in Side for way in (SENT, RECEIVED) for kind in RIGHTS
)

ROWS = REFERRAL_ROWS + WITHDRAW_ROWS + RIGHTS_ROWS

Cell = tuple[Side, State, Kind, Way]


def _cells(rows: Iterable[Row]) -> Mapping[Cell, State]:
    cells: dict[Cell, State] = {}
    for row in rows:
        for before, after in row.to.items():
            cell = (row.side, before, row.kind, row.way)
            if cell in cells:
                raise ValueError(f"two rows for {cell}")
            cells[cell] = after
    return cells


TABLE: Mapping[Cell, State] = _cells(ROWS)
