"""What the datasets were made of: reports, rejected rows with their reasons, redactions."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/data", tags=["console"])
