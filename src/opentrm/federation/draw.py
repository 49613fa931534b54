"""The state table as a page shows it: drawn from the code, so that it cannot lag."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.states import Side, State, Way
from opentrm.federation.table import ROWS, STILL_MET, TABLE

ARROW = {Way.SENT: "sends", Way.RECEIVED: "receives", Way.REFUSED: "learns that the partner refused"}


def draw() -> str:
    """The whole table in markdown, one part per side, then how each kind travels."""
    parts = [part for side in Side for part in (f"### {side.value.title()}", "", *_table(side), "")]
    return "\n".join([*parts, "### How each kind travels", "", *_traits()])


def _table(side: Side) -> list[str]:
    lines = ["| Message | way | from → to |", "|---|---|---|"]
    rows = sorted((row for row in ROWS if row.side is side), key=lambda row: list(Kind).index(row.kind))
    for kind, group in groupby(rows, key=lambda row: row.kind):
        for row in group:
            lines.append(f"| `{kind}` | {ARROW[row.way]} | {_moves(row.to)} |")
    if side is Side.DESTINATION:
        lines.append(f"| `WITHDRAW` | she is still to be met, or has not answered | {_moves(STILL_MET)} |")
    return lines


def _moves(moves: Mapping[State, State]) -> str:
    into: dict[State, list[State]] = defaultdict(list)
    stays: list[State] = []
    for before, after in moves.items():
        (stays if before is after else into[after]).append(before)
    texts = [f"{', '.join(befores)} → **{after}**" for after, befores in into.items() if befores]
    return "; ".join(texts + ([f"stays: {', '.join(stays)}"] if stays else []))


def _traits() -> list[str]:
    lines = [
        "| Message | may be acted on | in order | alert after | personal | passes suspension |",
        "|---|---|---|---|---|---|",
    ]
    for kind, traits in TRAITS.items():
        expires = f"{traits.expires}" if traits.expires else "for ever"
        marks = ["yes" if mark else "no" for mark in (traits.ordered, traits.personal, traits.when_suspended)]
        lines.append(f"| `{kind}` | {expires} | {marks[0]} | {traits.urgent} | {marks[1]} | {marks[2]} |")
    return lines


def mermaid(side: Side) -> str:
    """One side's states as a mermaid diagram: the moves that change a state, withdrawal apart."""
    lines = ["stateDiagram-v2"]
    for (owner, before, kind, way), after in TABLE.items():
        if owner is side and before is not after and kind is not Kind.WITHDRAW:
            lines.append(f"    {before} --> {after}: {kind} {way}")
    return "\n".join(lines)
