"""The audit log, and whether its chain holds."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/audit", tags=["console"])
