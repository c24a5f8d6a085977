"""Small components that keep the address and the language of the page."""
