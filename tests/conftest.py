"""Fixtures of the suite: a fresh node for each test, and people who work on it."""

import pytest

from opentrm.node import current
from tests import people


@pytest.fixture(scope="session", autouse=True)
def wire_keys():
    """Wire keys and statement of the test node."""
    from opentrm.referrals import identity

    if not (current.home().federation / identity.FILE).exists():
        identity.make()


@pytest.fixture
def staff(db):
    """The people of the Serbian node, by what they do."""
    return people.staff()
