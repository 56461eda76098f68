"""Evaluation: suites over a responder, run through the engine that will serve."""
