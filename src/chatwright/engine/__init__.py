"""Engines: a conversation in, a stream of chunks out. Local (OpenVINO) or any OpenAI-compatible URL."""
