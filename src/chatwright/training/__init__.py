"""One loop that trains any model of ours: recipe in, run folder out."""

VERSION = 6  # of the loop; a change of what a recipe means makes new runs
