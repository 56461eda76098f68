"""Where vendors bring what people write: verified over the raw bytes, kept, and answered at once.

Nobody else is let in: whose a request is, its channel finds out.
"""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from starlette.responses import Response

from chatwright.channels import channel
from chatwright.channels.channel import Malformed, Rejected
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Services, Shared

router = APIRouter(prefix="/channels", tags=["channels"], responses=WRITING)


@router.post("/{name}", response_class=Response)
async def receive(name: str, request: Request, services: Shared) -> Response:
    """Events of the vendor behind the channel `name`. 401 unless the vendor has signed them."""
    return await _received(name, request, services)


@router.get("/{name}", response_class=Response)
async def challenge(name: str, request: Request, services: Shared) -> Response:
    """The vendor asks whether this address is the bot's."""
    return await _received(name, request, services)


async def _received(name: str, request: Request, services: Services) -> Response:
    asked = channel.Request(
        method=request.method,
        headers=dict(request.headers),
        query=dict(request.query_params),
        body=await request.body(),
        received_at=time.time(),
    )
    try:
        answer = await services.channels.receive(name, asked)
    except Rejected as error:
        raise Problem(401, str(error), code="bad_signature") from None
    except Malformed as error:
        raise Problem(400, str(error), code="invalid_value") from None
    return Response(answer.body, answer.status, media_type=answer.media_type)
