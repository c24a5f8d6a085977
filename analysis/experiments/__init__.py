"""Experiments: many runs over what a design file lets vary, in chunks that can be interrupted and resumed."""
