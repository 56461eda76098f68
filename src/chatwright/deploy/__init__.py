"""The files that run a bot elsewhere, and what goes with them. Runs and sends nothing."""
