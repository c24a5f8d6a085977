"""The regions page."""
