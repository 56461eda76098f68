"""How a simulated vendor behaves: what it delivers twice, late or out of order, and what it refuses."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]


class Rules(BaseModel):
    """One vendor's behaviour. All chances come from the seed, in the order of the events and sends.

    `hurry` makes the vendor's own clocks (retries, rate limits, streams) run so many times faster than the
    real vendor's; the customer window is moved by `/control/clock` instead.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    url: str = ""  # where events go; nothing is delivered while it is empty
    duplicates: Share = 0.0  # of the events, delivered a second time
    reordered: Share = 0.0  # of the events, delivered behind later ones
    hold_ms: Annotated[int, Field(ge=1, le=60_000)] = (
        300  # for how long at most such an event is held back
    )
    delay_ms: Annotated[int, Field(ge=0, le=60_000)] = 0  # each event waits up to so long
    errors: Share = 0.0  # of the sends, refused with a server error; nothing was sent
    uncertain: Share = 0.0  # of the sends, carried out, but answered as by a gateway that gave up
    limits: bool = True  # the vendor's rate limits
    lengths: bool = True  # the vendor's limits of length
    window: bool = True  # the window after a person's message in which free text may be sent (Meta)
    statuses: bool = True  # sent, delivered and read, reported back (Meta)
    outage: bool = False  # every call fails with a server error
    revoked: bool = False  # every call fails as with a revoked token
    silent: bool = False  # events are not delivered, they wait
    hidden_numbers: bool = False  # WhatsApp tells the business-scoped id and not the phone number
    socket: bool = False  # Slack delivers over the Socket Mode connections alone
    batch: Annotated[int, Field(ge=1, le=100)] = (
        1  # events in one request, where the vendor batches (Meta)
    )
    skew_s: float = 0.0  # the vendor's clock in signatures, against ours
    hurry: Annotated[float, Field(gt=0, le=10_000)] = 1.0
    at_once: Annotated[int, Field(ge=1, le=256)] = 16  # requests of deliveries under way
