"""What is kept: conversations, messages and feedback in one SQL database. No model, no HTTP."""

from chatwright.store.conversations import Conversations
from chatwright.store.database import Database
from chatwright.store.feedback import Feedbacks
from chatwright.store.turns import TurnLog

__all__ = ["Conversations", "Database", "Feedbacks", "TurnLog"]
