"""The live block of a report: the Explore component with the scenario of the report, in which the reader moves levers.

It has the code of the offline file, and of the data only the scenario and the language of the report: about a megabyte.
"""

from __future__ import annotations

from html import escape
from string import Template
from urllib.parse import urlencode

from model.scenario import BASELINE, shipped_scenarios
from views.report.contents import Request
from views.report.html import LiveBlock
from views.results.links import to_link

from .data import sections
from .markup import FOLDER, RULES, data_sections, library, read, scripts, style


def live_block(request: Request) -> LiveBlock:
    """The block, which begins with the run of the report."""
    settings, locale = request.settings, request.locale
    scenarios = {BASELINE: shipped_scenarios()[BASELINE], settings.base: request.scenario}
    texts = {key: escape(locale.translate(f"live.{key}")) for key in ("heading", "about", "no_scripts", "too_old")}
    body = Template(read(FOLDER / "report_block.html")).substitute(
        texts,
        query=escape(urlencode(to_link(settings, locale.language), safe=":,~")),
        style=f"{style()}\n{read(FOLDER / 'report_block.css')}",
        library=library(),
        scripts=f"{scripts()}\n{read(FOLDER / 'js' / 'report.js')}",
        data=data_sections(sections(scenarios, [locale.language])),
        loading=escape(locale.translate("offline.loading")),
    )
    return LiveBlock(RULES, body, locale.translate("live.way"))
