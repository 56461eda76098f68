"""Releases: report, verdict of the gate, promote, canary, roll back."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/releases", tags=["console"])
