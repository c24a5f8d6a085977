"""Audit of the model's structure: what is inside and outside, its feedback loops, and what each loop explains."""
