"""This node's wire keys and its root-signed statement, in its home folder."""

from functools import cache

from opentrm.federation import statement as statements
from opentrm.federation.keys import NodeKeys
from opentrm.federation.statement import NodeStatement
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.node import current

FILE = "statement.trm"


def make() -> NodeStatement:
    """Make the wire keys and the statement of a new node. Raises NotValid where there are keys already."""
    home = current.home()
    if (home.federation / FILE).exists():
        raise NotValid("This node has its wire keys already. They are made once.")
    keys = NodeKeys.generate()
    keys.save(home.federation)
    signed = statements.make(
        keys, node=home.id, country=home.country, owner=home.name, endpoint=home.peer_url or home.url, at=clock.now()
    )
    (home.federation / FILE).write_bytes(signed)
    forget()
    return own_statement()


@cache
def own_keys() -> NodeKeys:
    """The private keys, read once."""
    return NodeKeys.load(current.home().federation)


def signed_statement() -> bytes:
    """The statement as partners get it, for pairing by file."""
    file = current.home().federation / FILE
    if not file.exists():
        raise NotValid("This node has no wire keys yet. Make them with `opentrm init`.")
    return file.read_bytes()


@cache
def own_statement() -> NodeStatement:
    """The statement partners hold of us."""
    return statements.verify(signed_statement())


def forget() -> None:
    """Read keys and statement anew."""
    own_keys.cache_clear()
    own_statement.cache_clear()
