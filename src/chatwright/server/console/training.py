"""Training from the page: start one with a budget, watch it, stop it, compare runs."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/training", tags=["console"])
