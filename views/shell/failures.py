"""What a person sees where a page fails: a message in their language, while everything else goes on working."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from . import session

REFERENCE_BYTES = 3
"""Bytes of the reference that a message and its entry in the log have in common."""
log = logging.getLogger(__name__)


@contextmanager
def guard() -> Iterator[None]:
    """Show a message where the part inside fails, and log the traceback; also a decorator, as `@guard()`.

    Streamlit's own ways to stop or to run again are no `Exception` and pass. A run that a newer one has taken over
    stops without a message: what it computed meanwhile could not be drawn any more, because its page is gone.
    """
    try:
        yield
    except Exception:
        session.stop_if_superseded()
        reference = secrets.token_hex(REFERENCE_BYTES)
        log.exception("a part of the app failed, reference %s", reference)
        show_failure(reference)


def show_failure(reference: str) -> None:
    """Say that something failed, and what to do now."""
    locale = session.locale()
    steps = "".join(
        f"<li>{escape(locale.translate(f'failed.{step}'))}</li>" for step in ("elsewhere", "download", "reload")
    )
    afresh = escape(locale.translate("failed.afresh"))
    restart = f'<li><a href="./?lang={locale.language}" target="_self">{afresh}</a></li>'
    title, reference = (escape(locale.translate(f"failed.{key}", mark=reference)) for key in ("title", "mark"))
    message = f"<strong>{title}</strong><ul>{steps}{restart}</ul>{reference}"
    st.html(f'<div class="problems" role="alert">{message}</div>')
