"""Generated pages and tables of docs/."""
