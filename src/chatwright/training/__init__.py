"""One loop that trains any model of ours: recipe in, run folder out."""
