"""Script that Streamlit runs: `hebei2025 app` starts it, and `app.py` of a checkout does the same.

Streamlit reads the settings beside this script (`.streamlit/config.toml`) wherever the package is installed.
"""

from views.shell import frame

if __name__ == "__main__":  # A process that the app spawns imports this script under another name.
    frame.run()
