"""The why page."""
