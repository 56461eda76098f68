"""From a conversation to a reply that is recorded. Knows no HTTP and no model file."""

from chatwright.answer.bot import Bot
from chatwright.answer.deployed import Deployed
from chatwright.answer.open import open_bot
from chatwright.answer.record import Turns

__all__ = ["Bot", "Deployed", "Turns", "open_bot"]
