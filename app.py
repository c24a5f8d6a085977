"""Entry of the app: `streamlit run app.py`."""

from views import frame

frame.run()
