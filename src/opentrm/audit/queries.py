"""Reading the log."""

from opentrm.audit.models import Leaf
from opentrm.audit.record import pseudonym


def leaves_about(thing: object, *, last: int = 100) -> list[Leaf]:
    """The latest leaves about a case, newest first."""
    return list(Leaf.objects.filter(about=pseudonym("about", thing)).order_by("-index")[:last])
