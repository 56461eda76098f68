"""Everybody's conversations with a bot, for those who look after it: a list with filters, and each whole."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/conversations", tags=["console"])
