"""Pages opened for audits: drawn, at rest, without animations, with the functions of audit.js."""

from pathlib import Path

from .support import at_rest

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
DRAWN = {
    "explore": "canvas",
    "plan": ".goal",
    "compare": ".js-plotly-plot",
    "why": ".js-plotly-plot",
    "regions": ".js-plotly-plot",
}
"""What shows that a page with charts has been drawn."""
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
DESK = {"width": 1280, "height": 720}


def visit(tab, address, page, language):
    """A page in a language, drawn and at rest."""
    tab.set_viewport_size(DESK)
    tab.goto(f"{address}/{'' if page == 'explore' else page}?lang={language}")
    tab.wait_for_selector(DRAWN.get(page, "h1.brand"))
    at_rest(tab)
    tab.add_style_tag(content=STILL)
    tab.evaluate(AUDIT)
