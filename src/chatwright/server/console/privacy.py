"""A person's data for the owner: find, export, erase; consent; retention."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/privacy", tags=["console"])
