"""The documentation site: `docs/`, the command line and the public Python names as web pages in Chinese and English."""
