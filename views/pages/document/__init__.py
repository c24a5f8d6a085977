"""The document page."""
