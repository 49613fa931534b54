"""Coming back within the few minutes after the digits were typed."""

from opentrm.feedback.models import Card
from opentrm.kernel.errors import NotFound


def card_of(card_id: str) -> Card:
    """A living card by its id. Raises NotFound when it has ended."""
    card = Card.objects.select_related("case").filter(pk=card_id, ended_at=None).first()
    if card is None:
        raise NotFound()
    return card
