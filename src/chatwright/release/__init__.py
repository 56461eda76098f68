"""Releases: immutable, hashed folders; and which of them is served."""
