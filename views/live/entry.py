"""Script that Streamlit runs where the app has live classes: the app, with the addresses of the live class beside it.

`hebei2025 app --class-file FILE` starts it in the folder of the app's settings, and names the file in the environment.
"""

import contextlib
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st

from cli.app_server import CLASS_FILE, ENTRY, path_of_app
from views.live.server import LiveClass

live_class = LiveClass(Path(os.environ[CLASS_FILE]))


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Compute what the first pages need while nobody waits, and close the file at the end."""
    threading.Thread(target=live_class.prepare, daemon=True).start()
    yield
    live_class.store.close()


app = st.App(ENTRY, routes=live_class.routes(path_of_app()), lifespan=lifespan)
