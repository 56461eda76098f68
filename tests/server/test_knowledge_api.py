"""The console's view of the knowledge: its gaps, with the nearest documents, for reviewers."""

from __future__ import annotations

from pathlib import Path

import httpx
from fastapi import FastAPI
from tests.server.callers import bearer

from chatwright.knowledge.sync import index_of, sync
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database, Keys, TurnLog
from chatwright.store.consent import Consents
from chatwright.store.records import Outcome


def test_gaps_are_told_with_the_nearest_documents(
    app: FastAPI, client: httpx.Client, database: Database, spec: Spec, tmp_path: Path
) -> None:
    services: Services = app.state.services
    version = services.people.consent_version
    Consents(database).put("library", "anna", True, version)
    log = TurnLog(database)
    for question in ("Is there parking?", "Is there parking here?"):
        talk = services.conversations.create("library", "anna")
        begun = log.begin(talk.id, "anna", question, None, release="r", deployment="d")
        log.finish(begun.message, "anna", Outcome("done", "I do not know.", route="refused"))
    _, key = Keys(database).create("library", "console", ["review"])
    got = client.get("/api/knowledge/gaps", headers=bearer(key)).json()
    assert (got["questions"], got["answered_well"], got["unquoted"]) == (2, 0, 0)
    (gap,) = got["gaps"]
    assert (gap["count"], gap["refused"], gap["documents"]) == (2, 2, [])
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "cars.md").write_text("# Cars\n\nBehind the house there is parking.")
    index = index_of(spec)
    sync(spec, index)
    index.close()
    (gap,) = client.get("/api/knowledge/gaps?days=1", headers=bearer(key)).json()["gaps"]
    assert gap["documents"][0]["name"] == "cars.md"
    assert client.get("/api/knowledge/gaps?days=0", headers=bearer(key)).status_code == 400
