"""What the independent reviewer has before them."""

from opentrm.accounts.models import User
from opentrm.feedback.models import Word
from opentrm.kernel.errors import NotFound


def unread_count() -> int:
    """How many words nobody has read yet."""
    return Word.objects.filter(read_at=None).count()


def words() -> list[Word]:
    """All words, unread ones first, then the newest."""
    return sorted(Word.objects.order_by("-at"), key=lambda word: word.read_at is not None)[:200]


def word_for(actor: User, word_id: str) -> Word:
    """One word, for the independent reviewer only. Raises NotFound for anybody else."""
    found = Word.objects.select_related("card").filter(pk=word_id).first()
    if found is None or not actor.holds("feedback_reviewer"):
        raise NotFound()
    return found
