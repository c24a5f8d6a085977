"""Entry of the app in a checkout: `streamlit run app.py`. `hebei2025 app` starts it from any installation."""

from views.shell import frame

if __name__ == "__main__":  # A process that the app spawns imports this script under another name.
    frame.run()
