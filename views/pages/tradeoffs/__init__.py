"""The tradeoffs page."""
