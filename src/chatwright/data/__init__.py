"""Conversations in, a content-hashed Dataset out: read, clean, deduplicate, split."""
