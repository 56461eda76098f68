"""The parsers of foreign binary formats, each a program of its own; started by confined.py alone."""
