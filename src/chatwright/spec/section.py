"""What every table of bot.toml is: frozen, and strict about its keys. No table itself."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of bot.toml: frozen, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)
