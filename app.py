"""Entry of the app in a checkout: `streamlit run app.py`. `hebei2025 app` starts it from any installation."""

from views.shell import frame

frame.run()
