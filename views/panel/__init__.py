"""Code that runs in the browser, and the Python side of it."""
