"""The case's name, and how it can be found without standing in the database."""

from opentrm.cases.gate import OpenCase
from opentrm.cases.models import NameMark
from opentrm.names import tokens
from opentrm.node import current


def marks(name: str) -> list[bytes]:
    """The keyed marks of a name's tokens: the same for Ђорђевић, Đorđević and Djordjevic."""
    ring = current.keyring()
    return [ring.mark("name", token) for token in sorted(tokens(name))]


def index(opened: OpenCase, *names: str) -> None:
    """Make the case findable by these names, and by no others."""
    NameMark.objects.filter(case=opened.case).delete()
    found = {mark for name in names if name for mark in marks(name)}
    NameMark.objects.bulk_create(NameMark(case=opened.case, mark=mark) for mark in sorted(found))


def country_mark(country: str) -> bytes:
    """The keyed mark by which cases of one country are listed; it leaks how many share it, and no more."""
    return current.keyring().mark("country", country.upper()) if country else b""
