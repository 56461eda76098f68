"""Accounts: who may log in, and as what."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/people", tags=["console"])
