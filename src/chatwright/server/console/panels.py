"""Human evaluation: making panels, inviting, results."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/panels", tags=["console"])
