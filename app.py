"""Entry of the app: `streamlit run app.py`."""

from views.shell import frame

frame.run()
