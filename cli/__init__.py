"""The command line hebei2025."""
