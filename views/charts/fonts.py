"""Fonts of charts, by preference: those that a reader's machine may have, and those of this machine for PNG."""

from __future__ import annotations

import functools

from views.language import Locale

FONT = "Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Segoe UI, sans-serif"
"""Fonts of charts in the browser."""
_LATIN = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans'"
_CHINESE = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei'"
)
FILE_FONTS = {"zh": f"{_CHINESE}, sans-serif", "en": f"{_LATIN}, {_CHINESE}, sans-serif"}
"""Fonts of the words in files, by language."""
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "DengXian",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)
"""Fonts with Chinese characters that systems come with, by preference."""
LATIN = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans")
EVERYWHERE = "DejaVu Sans"
"""The font that comes with matplotlib."""


@functools.cache
def installed_fonts() -> frozenset[str]:
    """Names of the fonts on this machine."""
    from matplotlib import font_manager

    return frozenset(font.name for font in font_manager.fontManager.ttflist)


def chinese_font() -> str | None:
    """A font with Chinese characters on this machine, or None."""
    return next((name for name in CHINESE if name in installed_fonts()), None)


def font_families(locale: Locale) -> list[str]:
    """The fonts in which matplotlib draws the words of a language, by preference."""
    latin, chinese = [name for name in LATIN if name in installed_fonts()][:1], chinese_font()
    found = [chinese] if chinese else []
    return [*found, EVERYWHERE] if locale.is_chinese else [*latin, EVERYWHERE, *found]
