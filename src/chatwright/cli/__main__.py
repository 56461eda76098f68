"""`python -m chatwright.cli`."""

from chatwright.cli import main

main()
