"""The errors a user can meet.

    ChatwrightError            one sentence and one next step; exit code 1
    ├── WrongUse               the command or a value in it is wrong; exit code 2
    ├── SpecError              bot.toml is missing or wrong
    ├── DataError              conversations cannot be read, or nothing is left of them
    ├── ReleaseError           a release is incomplete, altered, or of another version
    ├── NotFound               there is no such thing, or it is somebody else's
    ├── Conflict               somebody else changed it meanwhile, or has it already
    ├── TooMuch                somebody has said or asked enough for today; try again later
    ├── StorageFull            the disk is full; nothing that was acknowledged is lost
    ├── StoreUnavailable       the store is busy or cannot be reached now; try again later
    ├── ContextTooLong         the conversation does not fit the model's context
    ├── Unsupported            a value that this engine cannot honour (never ignored in silence)
    └── EngineError            the engine failed while answering
        └── EngineOverloaded   the queue is full; try again later

Errors for ourselves are `assert`s.
"""


class ChatwrightError(Exception):
    """An error for the user: what is wrong, and what to do next."""

    exit_code = 1

    def __init__(self, problem: str, next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.problem} {self.next_step}".strip()


class WrongUse(ChatwrightError):
    """The command line, or a value given on it, is wrong."""

    exit_code = 2


class SpecError(ChatwrightError):
    """`bot.toml` is missing or invalid."""


class DataError(ChatwrightError):
    """Conversations cannot be read, or nothing is left after cleaning."""


class ReleaseError(ChatwrightError):
    """A release folder is incomplete, was changed, or was made by another version."""


class NotFound(ChatwrightError):
    """There is no such thing, or it belongs to somebody else: both look the same on purpose."""


class Conflict(ChatwrightError):
    """What is asked does not fit what is there by now. `code` is one word for programs."""

    def __init__(self, problem: str, next_step: str = "", *, code: str = "conflict") -> None:
        super().__init__(problem, next_step)
        self.code = code


class TooMuch(ChatwrightError):
    """One person has used up what is theirs. `retry_after` is in seconds."""

    def __init__(self, problem: str, next_step: str = "", *, retry_after: float = 3600.0) -> None:
        super().__init__(problem, next_step)
        self.retry_after = retry_after


class StorageFull(ChatwrightError):
    """The disk is full."""


class StoreUnavailable(ChatwrightError):
    """The store is busy or cannot be reached. `retry_after` is in seconds."""

    def __init__(self, problem: str, next_step: str = "", *, retry_after: float = 1.0) -> None:
        super().__init__(problem, next_step)
        self.retry_after = retry_after


class ContextTooLong(ChatwrightError):
    """The conversation has more tokens than the model's context holds."""


class Unsupported(ChatwrightError):
    """A request asks for something that this engine cannot do. `field` names the request field."""

    def __init__(self, problem: str, next_step: str = "", *, field: str | None = None) -> None:
        super().__init__(problem, next_step)
        self.field = field


class EngineError(ChatwrightError):
    """The engine failed while it was answering."""


class EngineOverloaded(EngineError):
    """The engine's queue is full. `retry_after` is in seconds."""

    def __init__(self, problem: str, next_step: str = "", *, retry_after: float = 1.0) -> None:
        super().__init__(problem, next_step)
        self.retry_after = retry_after
