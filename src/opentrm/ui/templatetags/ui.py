"""Small words for templates."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentrm.kernel import clock

register = template.Library()
DAY = 86_400


@register.filter
def tr(text: object) -> str:
    """A sentence of the profile in the page's language."""
    return _(str(text)) if text else ""


@register.filter
def moment(at: datetime | None) -> str:
    """A moment as people read it, in the page's zone."""
    if at is None:
        return ""
    return timezone.localtime(at).strftime("%-d %b %Y, %H:%M")


@register.filter
def day(at: object) -> str:
    """A day as people read it."""
    if not at:
        return ""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found.strftime("%-d %b %Y") if hasattr(found, "strftime") else str(at)


@register.filter
def due(at: datetime) -> str:
    """How long is left, or how long it is over, in words."""
    seconds = (at - clock.now()).total_seconds()
    late, count = seconds < 0, abs(seconds)
    if count < DAY:
        hours = max(1, round(count / 3600))
        return ngettext("%d hour late", "%d hours late", hours) % hours if late else _within(hours)
    days = round(count / DAY)
    if late:
        return ngettext("%d day late", "%d days late", days) % days
    return ngettext("in %d day", "in %d days", days) % days


def _within(hours: int) -> str:
    return ngettext("in %d hour", "in %d hours", hours) % hours


@register.filter
def is_late(at: datetime) -> bool:
    """Whether a moment has passed."""
    return at < clock.now()


@register.filter
def item(table: dict[str, object], key: str) -> object:
    """One value of a table by its key."""
    return table.get(key, "")


@register.simple_tag
def zone_of(name: str) -> ZoneInfo:
    """A time zone by name."""
    return ZoneInfo(name)


@register.filter
def tag(colour: str) -> SafeString:
    """The class of a tag in one of the design system's colours."""
    return SafeString(f"govuk-tag--{colour}") if colour in COLOURS else SafeString("")


COLOURS = ("grey", "green", "turquoise", "blue", "light-blue", "purple", "pink", "red", "orange", "yellow")
