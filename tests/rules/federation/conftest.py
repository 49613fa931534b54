"""Every federation test runs at one frozen moment."""

import pytest

from opentrm.federation import failpoints
from opentrm.kernel import clock

from .world import NOW, World, a_world


@pytest.fixture(autouse=True)
def _stopped_clock():
    with clock.frozen(NOW):
        yield
    failpoints.disarm()


@pytest.fixture
def world() -> World:
    return a_world()
