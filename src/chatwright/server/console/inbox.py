"""Conversations that a person is asked for or has taken over: list, take over, answer, hand back."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/inbox", tags=["console"])
