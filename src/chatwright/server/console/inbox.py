"""Conversations that a person is asked for or has taken over: the list, taking over, answering, handing back."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/inbox", tags=["console"])
