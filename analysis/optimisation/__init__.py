"""Searches over levers: the frontier of several outcomes, and the cheapest mix that keeps chosen targets."""
