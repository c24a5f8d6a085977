"""What the running server refuses, and the settings under which it runs, as they take effect."""

import asyncio
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit import config
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.client import XSRF_COOKIE, Client, mistake, xsrf_cookie
from views.results.moves import held
from views.results.sliders import main_slots

FOREIGN = "http://elsewhere.example"
FORBIDDEN = 403
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_the_settings_are_those_of_the_project():
    effective = {
        "runner.postScriptGC": False,
        "runner.magicEnabled": False,
        "client.showErrorDetails": "none",
        "browser.gatherUsageStats": False,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.maxUploadSize": 1,
        "global.developmentMode": False,
    }
    config.get_config_options(force_reparse=True)
    assert {name: config.get_option(name) for name in effective} == effective


def stream(address, **given):
    """A connection as a browser opens it for a session."""
    return connect(f"ws{address.removeprefix('http')}/_stcore/stream", subprotocols=["streamlit"], proxy=None, **given)


def test_pages_of_other_sites_can_open_no_session(address):
    with pytest.raises(InvalidStatus) as refused:
        stream(address, origin=FOREIGN)
    assert refused.value.response.status_code == FORBIDDEN
    with stream(address, origin=address):
        pass


def test_other_sites_are_not_told_that_they_may_read(address):
    request = urllib.request.Request(f"{address}/_stcore/health", headers={"Origin": FOREIGN})
    with OPENER.open(request) as answer:
        assert answer.headers.get("Access-Control-Allow-Origin") not in ("*", FOREIGN)


def test_a_file_is_taken_only_with_the_mark_of_the_session(address):
    assert xsrf_cookie(address)
    for headers in ({}, {"Cookie": f"{XSRF_COOKIE}={xsrf_cookie(address)}"}):
        request = urllib.request.Request(
            f"{address}/_stcore/upload_file/session/file", b"title: x", headers, method="PUT"
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            OPENER.open(request)
        assert refused.value.code == FORBIDDEN
        assert "XSRF" in refused.value.read().decode()


async def moves_of(address, own):
    """One session that moves its sliders one after another; what was wrong, and what it and its link say at the end."""
    made = [dict(list(own.items())[: k + 1]) for k in range(len(own))]
    async with Client(address, "v=1&lang=en") as client:
        await client.open()
        answers = [await client.move(moved) for moved in made]
    wrong = [mistake(answer, moved) for answer, moved in zip(answers, made, strict=True)]
    async with Client(address, answers[-1].data["query"]) as again:
        return wrong, answers[-1].data["answer"]["sentence"], (await again.open()).data["answer"]["sentence"]


def test_sessions_at_once_get_the_state_and_the_words_of_their_own(address):
    sliders = list(main_slots().values())
    own = [{slot.id: held(slot.high) for slot in sliders[k::5]} for k in range(4)]

    async def all_at_once():
        return await asyncio.gather(*(moves_of(address, moved) for moved in own))

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop of events in this thread
        found = apart.submit(asyncio.run, all_at_once()).result()
    for wrong, said, reopened in found:
        assert not any(wrong)
        assert said == reopened
    assert len({said for _, said, _ in found}) == len(own)
