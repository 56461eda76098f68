"""Hosted models that `bot.toml` may name: those that answer, are compared with, or judge."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from chatwright.spec.section import Section

Provider = Literal["auto", "openai", "vllm", "llama-server", "ollama", "transformers", "generic"]


class Fallback(Section):
    """`[[model.fallback]]`: who answers when the hosted model does not: another one, or a release."""

    release: str = ""
    hosted_model: str = ""
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = ""
    provider: Provider = "auto"

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Fallback:
        if bool(self.release) == bool(self.hosted_model):
            raise ValueError("a fallback is a hosted_model, or a release of this bot")
        return self


class Rival(Section):
    """`[[evaluation.rival]]`: a hosted model that this bot is compared with on its own cases."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")
    hosted_model: str = Field(min_length=1)
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = "OPENAI_API_KEY"
    provider: Provider = "auto"
    price_read: float = Field(0.0, ge=0)  # of a million tokens, in your currency
    price_written: float = Field(0.0, ge=0)


class Judge(Section):
    """`[judge]`: a hosted model that compares answers beside the people of a panel. Empty: there is none."""

    model: str = ""
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = "OPENAI_API_KEY"
    provider: Provider = "auto"
    input_price: float = Field(0.0, ge=0)  # for a million tokens, in whatever currency
    output_price: float = Field(0.0, ge=0)
    logged: bool = False  # questions that people asked may be sent to it too
    at_once: int = Field(4, ge=1, le=64)  # requests


class Prices(Section):
    """`[prices]`: what the model that answers costs by the token, for the console's figures."""

    read: float = Field(0.0, ge=0)  # a million tokens, in your currency
    written: float = Field(0.0, ge=0)
    currency: str = ""  # as it is to be shown, "EUR"

    def of(self, read: int, written: int) -> float | None:
        """What so many tokens cost; None where no price is known."""
        if not (self.read or self.written):
            return None
        return (read * self.read + written * self.written) / 1e6
