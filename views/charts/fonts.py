"""Fonts of charts, by preference; the reader's machine has them, not the server's."""

FONT = "Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Segoe UI, sans-serif"
"""Fonts of charts in the browser."""
_LATIN = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans'"
_CHINESE = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei'"
)
FILE_FONTS = {"zh": f"{_CHINESE}, sans-serif", "en": f"{_LATIN}, {_CHINESE}, sans-serif"}
"""Fonts of the words in files, by language."""
