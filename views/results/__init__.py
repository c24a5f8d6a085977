"""What pages show, without Streamlit: runs, bands, differences, tables."""
