"""The purposes a consent can have: small ones, one at a time (design decision 4)."""

from dataclasses import dataclass

from opentrm.kernel.errors import NotFound

LONGEST_DAYS = 90


@dataclass(frozen=True)
class Purpose:
    """``fact`` is true while such a consent lives; ``text`` names what she reads; ``needs`` what comes first."""

    code: str
    fact: str
    text: str
    title: str
    needs: tuple[str, ...] = ()
    days: int = LONGEST_DAYS
    bound: bool = False


PURPOSES = {
    p.code: p
    for p in (
        Purpose("help", "consent.help", "consent.help", "Help here"),
        Purpose("ask_abroad", "consent.ask_abroad", "consent.ask_abroad", "Ask another country without her name"),
        Purpose("disclose", "consent.disclose", "consent.disclose", "Send parts of her file to the place that offered",
                needs=("offered",), bound=True),
        Purpose("return", "consent.return", "consent.return", "Arrange her journey", needs=("declared",)),
        Purpose("progress", "consent.progress", "consent.progress", "Send news of her to the first country"),
        Purpose("feedback", "consent.feedback", "consent.feedback", "Ask her later how it was"),
    )
}  # fmt: skip


def purpose(code: str) -> Purpose:
    """The purpose of this code. Raises NotFound for one the table does not list."""
    if code not in PURPOSES:
        raise NotFound("There is no consent for that.")
    return PURPOSES[code]
