"""Ports of published test models; README.md has their source."""
