"""Answers from many runs that are stored with the product: what decides, how sure an order is, what was policy."""
