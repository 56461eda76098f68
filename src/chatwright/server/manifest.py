"""What a browser asks for when somebody installs the page: the bot's own name, and the page's pictures.

The page is all that there is: no app of a phone's shop (docs/chat.md).
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

from chatwright.server.services import Shared

SHORT = 12  # characters that a phone shows below a picture
ICONS = [
    {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
    {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/icon-maskable.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]

router = APIRouter()


@router.get("/manifest.webmanifest", include_in_schema=False)
async def manifest(services: Shared) -> JSONResponse:
    who = services.deployed.current().spec.bot
    name = who.title or who.name
    body = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= SHORT else who.assistant[:SHORT],
        "description": who.purpose,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3f4ef",
        "theme_color": "#f3f4ef",
        "icons": ICONS,
    }
    return JSONResponse(body, media_type="application/manifest+json")
