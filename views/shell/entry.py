"""Script that Streamlit runs: `hebei2025 app` starts it, and `app.py` of a checkout does the same.

Streamlit reads the settings beside this script (`.streamlit/config.toml`) wherever the package is installed.
"""

from views.shell import frame

frame.run()
