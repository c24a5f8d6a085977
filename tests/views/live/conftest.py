"""A file of live classes, and rooms in it."""

import pytest

from views.live.rooms import Rooms
from views.live.store import Store


@pytest.fixture
def store(tmp_path):
    """A new file."""
    made = Store(tmp_path / "class.sqlite")
    yield made
    made.close()


@pytest.fixture
def rooms(store):
    """The rules on it."""
    return Rooms(store)
