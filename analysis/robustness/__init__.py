"""Robust choice: how sure an order of policies is, under which conditions it flips, and what knowing more is worth."""
