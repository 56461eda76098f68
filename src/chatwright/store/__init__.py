"""What is kept, in one SQL database: conversations, messages, feedback; keys, accounts, allowances.

No model, no HTTP.
"""

from chatwright.store.accounts import Accounts
from chatwright.store.allowances import Allowances
from chatwright.store.clock import Clock
from chatwright.store.conversations import Conversations
from chatwright.store.database import Database
from chatwright.store.feedback import Feedbacks
from chatwright.store.keys import Keys
from chatwright.store.reviews import Reviews
from chatwright.store.sessions import Attempts, Sessions
from chatwright.store.turns import TurnLog

__all__ = [
    "Accounts",
    "Allowances",
    "Attempts",
    "Clock",
    "Conversations",
    "Database",
    "Feedbacks",
    "Keys",
    "Reviews",
    "Sessions",
    "TurnLog",
]
