"""Releases: the wheel, the source and the offline file, built the same byte for byte, with what they are made of."""
