"""GET /v1/models: the bots that are served, under their names."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from chatwright.answer import Deployed
from chatwright.server.caller import Who
from chatwright.server.errors import Problem
from chatwright.server.services import Services, Shared

router = APIRouter(prefix="/v1", tags=["models"])


class Model(BaseModel):
    """A model that can be asked for: a bot. `max_model_len` (vLLM's): tokens of prompt and reply."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["chatwright"] = "chatwright"
    max_model_len: int


class ModelList(BaseModel):
    """All of them."""

    object: Literal["list"] = "list"
    data: list[Model]


def find(services: Services, request: Request, name: str) -> Deployed:
    """The bot that the field `model` names: the one place where it chooses. A key may see some alone."""
    deployed = services.bots.get(name)
    if deployed is None or not request.state.caller.sees(name):
        raise Problem(
            404,
            f"The model {name[:80]!r} does not exist. GET /v1/models lists those that do.",
            code="model_not_found",
            param="model",
        )
    return deployed


def _model(services: Services, name: str, deployed: Deployed) -> Model:
    context = deployed.current().engine.context
    return Model(id=name, created=services.created, max_model_len=context)


@router.get("/models")
async def models(services: Shared, caller: Who) -> ModelList:
    seen = [entry for entry in services.bots.items() if caller.sees(entry[0])]
    return ModelList(data=[_model(services, *entry) for entry in seen])


@router.get("/models/{name}")
async def model(name: str, services: Shared, request: Request) -> Model:
    return _model(services, name, find(services, request, name))
