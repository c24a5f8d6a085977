"""A report as one page of HTML that stands alone: no other files, charts inside, made for A4 paper.

Nothing in it runs, except in a live block that may follow the report; without scripts and on paper the report is whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from views.charts.fonts import FILE_FONTS
from views.charts.pictures import inline_svg

from .block_html import block_html, words
from .blocks import Picture
from .contents import Report

RULES = "default-src 'none'; style-src 'unsafe-inline'"
"""The content security policy of a report in which nothing runs."""


@dataclass(frozen=True)
class LiveBlock:
    """What runs below a report: the content security policy that it needs, itself as HTML with the id `live`, and the
    words of the button `to_live` at the top of the report, which it shows."""

    rules: str
    html: str
    way: str


def html_file(report: Report, live: LiveBlock | None = None) -> bytes:
    """The report as a file, followed by a live block where there is one."""
    first, *rest = (block_html(block) for block in report.blocks)
    way = [] if live is None else [f'<button type="button" id="to_live" hidden="hidden">{words(live.way)}</button>']
    return PAGE.format(
        language=report.locale.tag,
        title=words(report.title),
        fonts=FILE_FONTS[report.locale.language],
        rules=RULES if live is None else live.rules,
        body="\n".join([first, *way, *rest, *([] if live is None else [live.html])]),
    ).encode()


@block_html.register(Picture)
def _picture(block: Picture) -> str:
    alternative = words(block.plot.alternative)
    drawn = inline_svg(block.plot).replace("<svg ", f'<svg role="img" aria-label="{alternative}" ', 1)
    return f"<figure>{drawn}<figcaption>{words(block.caption)}</figcaption>{block_html(block.table)}</figure>"


PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
<meta http-equiv="Content-Security-Policy" content="{rules}" /><title>{title}</title><style>
@page {{ size: A4; margin: 16mm 15mm; }}
body {{ font: 10.5pt/1.55 {fonts}; color: #1C2733; max-width: 180mm; margin: 10mm auto; padding: 0 5mm; }}
h1 {{ font-size: 19pt; line-height: 1.3; margin: 0 0 2mm; }}
h2 {{ font-size: 14pt; margin: 9mm 0 2mm; padding-top: 2mm; border-top: 1px solid #D9DFE5; break-after: avoid; }}
h3 {{ font-size: 11.5pt; margin: 5mm 0 1mm; break-after: avoid; }}
p, ul {{ margin: 0 0 2.5mm; }} ul {{ padding-left: 5mm; }} li {{ margin-bottom: 1mm; }}
.lead {{ font-size: 12pt; }} .small {{ font-size: 9pt; color: #5B6875; }}
.caution {{ background: #FFF6E5; border: 1px solid #E6C98A; border-radius: 6px; padding: 2mm 4mm; color: #7A4B00; list-style: none; }}
.table {{ overflow-x: auto; margin: 0 0 4mm; }}
table.fixed {{ table-layout: fixed; min-width: 150mm; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.35; }}
th, td {{ border-bottom: 1px solid #D9DFE5; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: break-word; }}
th {{ border-bottom: 1px solid #8A96A3; color: #44505C; }} tr {{ break-inside: avoid; }}
.figure {{ text-align: right; font-variant-numeric: tabular-nums; }}
figure {{ margin: 5mm 0 2mm; break-inside: avoid; }} figure svg {{ width: 100%; height: auto; }}
figcaption {{ font-size: 9pt; color: #44505C; break-after: avoid; }}
pre {{ font-size: 8.5pt; background: #F5F7F9; padding: 3mm; white-space: pre-wrap; overflow-wrap: anywhere; }}
#to_live {{ margin: 1mm 0 3mm; padding: 1.5mm 4mm; border: 1px solid #9CC3DB; border-radius: 5mm; background: #EDF5FA; color: #005A8C; font: inherit; cursor: pointer; }}
#live:focus {{ outline: none; }} #live_here {{ margin-inline: calc(50% - 50vw + 12px); }}
@media print {{ #live, #to_live {{ display: none; }} body {{ max-width: none; margin: 0; padding: 0; }} .table {{ overflow: visible; }} th, td {{ padding: .6mm 1.2mm; }} }}
</style></head><body>
{body}
</body></html>
"""  # noqa: E501
