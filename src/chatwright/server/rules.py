"""Who may come through which door: one line per route, and nothing that is not listed is open.

A test makes the list of routes from the app and fails for one that has no line here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chatwright.store.keys import Scope

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks of its caller.

    `need` is a scope; "public" takes everybody, "account" anybody who is logged in; "page" is no
    route, but the page's files. `metered` requests count against the caller's allowance: those that
    cost work, or write.
    """

    need: Scope | Literal["public", "account", "page"]
    metered: bool = False
    requests: int = 1  # of the allowance; 0: only as one of the requests at once


PUBLIC = Rule("public")
CLOSED = Rule("admin")
PAGE = dict.fromkeys(("GET", "HEAD"), Rule("page"))
NONE: dict[str, Rule] = {}

# By method and path as FastAPI writes it.
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/manifest.webmanifest"): PUBLIC,
    ("GET", "/health"): PUBLIC,
    ("GET", "/ready"): PUBLIC,
    # A vendor's signature is what lets it in: `channels/` looks at it.
    ("GET", "/channels/{name}"): PUBLIC,
    ("POST", "/channels/{name}"): PUBLIC,
    ("GET", "/version"): Rule("models"),
    ("GET", "/metrics"): Rule("admin"),
    ("GET", "/openapi.json"): Rule("models"),
    ("HEAD", "/openapi.json"): Rule("models"),
    ("GET", "/v1/models"): Rule("models", metered=True),
    ("GET", "/v1/models/{name}"): Rule("models", metered=True),
    ("POST", "/v1/chat/completions"): Rule("chat", metered=True),
    ("POST", "/v1/completions"): Rule("raw", metered=True),
    ("POST", "/v1/responses"): Rule("chat", metered=True),
    ("GET", "/v1/responses/{id}"): Rule("chat", metered=True),
    ("DELETE", "/v1/responses/{id}"): Rule("chat", metered=True),
    ("POST", "/v1/responses/{id}/cancel"): Rule("chat", metered=True),
    ("GET", "/v1/responses/{id}/input_items"): Rule("chat", metered=True),
    ("POST", "/v1/embeddings"): Rule("embeddings", metered=True),
    ("POST", "/v1/feedback"): Rule("feedback", metered=True),
    ("DELETE", "/v1/feedback/{message_id}"): Rule("feedback", metered=True),
    ("POST", "/tokenize"): Rule("chat", metered=True),
    ("POST", "/detokenize"): Rule("chat", metered=True),
    ("GET", "/api/session"): PUBLIC,
    ("POST", "/api/session"): PUBLIC,
    ("DELETE", "/api/session"): Rule("account"),
    ("PUT", "/api/password"): Rule("account"),
    ("POST", "/api/owner"): PUBLIC,
    ("GET", "/api/privacy"): Rule("chat"),
    ("DELETE", "/api/privacy"): Rule("chat", metered=True),
    ("PUT", "/api/privacy/consent"): Rule("chat", metered=True),
    ("GET", "/api/privacy/export"): Rule("chat", metered=True),
    ("GET", "/api/bot"): Rule("chat"),
    ("GET", "/api/conversations"): Rule("chat"),
    ("POST", "/api/conversations"): Rule("chat", metered=True),
    ("GET", "/api/conversations/{id}"): Rule("chat"),
    ("PATCH", "/api/conversations/{id}"): Rule("chat", metered=True),
    ("DELETE", "/api/conversations/{id}"): Rule("chat", metered=True),
    ("POST", "/api/conversations/{id}/turns"): Rule("chat", metered=True),
    ("POST", "/api/conversations/import"): Rule("chat", metered=True),
    ("GET", "/api/conversations/{id}/export"): Rule("chat", metered=True),
    ("GET", "/api/conversations/{id}/suggestions"): Rule("chat", metered=True),
    ("GET", "/api/conversations/{id}/shares"): Rule("chat"),
    ("POST", "/api/conversations/{id}/shares"): Rule("chat", metered=True),
    ("DELETE", "/api/conversations/{id}/shares/{share_id}"): Rule("chat", metered=True),
    ("POST", "/api/attachments"): Rule("chat", metered=True),
    ("GET", "/api/messages/{id}/attachments/{place}"): Rule("chat"),
    ("GET", "/api/shared/{token}"): Rule("public", metered=True),
    ("POST", "/api/conversations/{id}/handover"): Rule("chat", metered=True),
    ("DELETE", "/api/conversations/{id}/handover"): Rule("chat", metered=True),
    ("GET", "/api/conversations/{id}/events"): Rule("chat"),  # counted by `live.py`
    ("GET", "/api/turns/{turn_id}/events"): Rule("chat", metered=True, requests=0),
    ("POST", "/api/turns/{turn_id}/stop"): Rule("chat", metered=True),
    ("PUT", "/api/messages/{id}/feedback"): Rule("feedback", metered=True),
    ("DELETE", "/api/messages/{id}/feedback"): Rule("feedback", metered=True),
    ("GET", "/api/messages/{id}/explanation"): Rule("review"),
    ("GET", "/api/curated/answers"): Rule("review"),
    ("POST", "/api/curated/answers"): Rule("curate", metered=True),
    ("GET", "/api/curated/answers/{id}"): Rule("review"),
    ("PATCH", "/api/curated/answers/{id}"): Rule("curate", metered=True),
    ("DELETE", "/api/curated/answers/{id}"): Rule("curate", metered=True),
    ("GET", "/api/curated/trial"): Rule("review", metered=True),
    ("POST", "/api/curated/import"): Rule("curate", metered=True),
    ("GET", "/api/curated/export"): Rule("review", metered=True),
    ("GET", "/api/curated/revisions"): Rule("review"),
    ("GET", "/api/curated/revisions/{number}"): Rule("review"),
    ("POST", "/api/curated/rollback"): Rule("curate", metered=True),
    ("GET", "/api/reviews"): Rule("review", metered=True),
    ("GET", "/api/reviews/log"): Rule("review"),
    ("GET", "/api/reviews/names"): Rule("review"),
    ("GET", "/api/reviews/{id}/talk"): Rule("review"),
    ("GET", "/api/feedback"): Rule("review", metered=True),
    ("GET", "/api/feedback/raters"): Rule("review", metered=True),
    ("POST", "/api/reviews/decisions"): Rule("review", metered=True),
    ("GET", "/api/reviews/{id}"): Rule("review"),
    ("POST", "/api/reviews/{id}/plan"): Rule("review", metered=True),
    ("POST", "/api/reviews/{id}/decision"): Rule("review", metered=True),
    ("POST", "/api/reviews/{id}/undo"): Rule("review", metered=True),
    ("GET", "/api/knowledge/gaps"): Rule("review", metered=True),
    # By a secret link: what it opens, `improve.panels` decides.
    ("GET", "/panel/keys.js"): PUBLIC,
    ("GET", "/panel/{token}"): Rule("public", metered=True),
    ("POST", "/panel/{token}"): Rule("public", metered=True),
    ("GET", "/staging/{token}"): PUBLIC,
    ("GET", "/api/staging"): Rule("chat"),
    ("DELETE", "/api/staging"): Rule("chat"),
    ("PUT", "/api/staging/tasks/{number}"): Rule("feedback", metered=True),
    ("GET", "/api/console/bots"): Rule("review"),
    # The subject overview of the console.
    ("GET", "/api/console/overview"): Rule("review"),
    ("GET", "/api/console/overview/attention"): Rule("review"),
    # The subject inbox of the console.
    ("GET", "/api/console/inbox"): Rule("review"),
    ("GET", "/api/console/inbox/events"): Rule("review"),  # counted by `live.py`
    ("PUT", "/api/console/inbox/me"): Rule("review", metered=True),
    ("GET", "/api/console/inbox/{id}"): Rule("review"),
    ("POST", "/api/console/inbox/{id}/take"): Rule("review", metered=True),
    ("POST", "/api/console/inbox/{id}/answer"): Rule("review", metered=True),
    ("POST", "/api/console/inbox/{id}/end"): Rule("review", metered=True),
    ("POST", "/api/console/inbox/{id}/notes"): Rule("review", metered=True),
    ("DELETE", "/api/console/inbox/{id}/notes/{note}"): Rule("review", metered=True),
    ("PUT", "/api/console/inbox/{id}/seen"): Rule("review", metered=True),
    ("GET", "/api/console/inbox/{id}/suggestions"): Rule("review", metered=True),
    ("POST", "/api/console/inbox/{id}/draft"): Rule("review", metered=True),
    # The subject conversations of the console.
    ("GET", "/api/console/conversations"): Rule("review", metered=True),
    ("GET", "/api/console/conversations/choices"): Rule("review", metered=True),
    ("GET", "/api/console/conversations/export"): Rule("review", metered=True),
    ("GET", "/api/console/conversations/{id}"): Rule("review"),
    # The subject knowledge of the console.
    ("GET", "/api/console/knowledge"): Rule("review"),
    ("GET", "/api/console/knowledge/documents"): Rule("review"),
    ("GET", "/api/console/knowledge/document"): Rule("review"),
    ("POST", "/api/console/knowledge/uploads"): Rule("curate", metered=True),
    ("DELETE", "/api/console/knowledge/uploads/{id}"): Rule("curate"),
    ("POST", "/api/console/knowledge/plan"): Rule("curate", metered=True),
    ("GET", "/api/console/knowledge/edits"): Rule("review"),
    ("POST", "/api/console/knowledge/edits"): Rule("curate", metered=True),
    ("POST", "/api/console/knowledge/edits/{id}/undo"): Rule("curate", metered=True),
    ("GET", "/api/console/knowledge/snapshots"): Rule("review"),
    ("GET", "/api/console/knowledge/difference"): Rule("review"),
    ("POST", "/api/console/knowledge/rollback"): Rule("curate", metered=True),
    ("POST", "/api/console/knowledge/forward"): Rule("curate", metered=True),
    ("POST", "/api/console/knowledge/sync"): Rule("curate", metered=True),
    ("GET", "/api/console/knowledge/addresses"): Rule("review"),
    ("POST", "/api/console/knowledge/addresses"): Rule("curate", metered=True),
    ("DELETE", "/api/console/knowledge/addresses"): Rule("curate", metered=True),
    ("GET", "/api/console/knowledge/search"): Rule("review", metered=True),
    # The subject data of the console.
    ("GET", "/api/console/data"): Rule("review"),
    ("GET", "/api/console/data/report"): Rule("review", metered=True),
    ("GET", "/api/console/data/report.html"): Rule("review"),
    ("GET", "/api/console/data/rejected"): Rule("review"),
    ("GET", "/api/console/data/row"): Rule("review"),
    ("GET", "/api/console/data/difference"): Rule("review", metered=True),
    ("GET", "/api/console/data/files"): Rule("review"),
    ("POST", "/api/console/data/uploads"): Rule("curate", metered=True),
    ("DELETE", "/api/console/data/uploads/{id}"): Rule("curate"),
    ("POST", "/api/console/data/preview"): Rule("curate", metered=True),
    ("POST", "/api/console/data/take"): Rule("curate", metered=True),
    ("POST", "/api/console/data/build"): Rule("curate", metered=True),
    # The subject training of the console.
    ("GET", "/api/console/training"): Rule("review"),
    ("POST", "/api/console/training/plan"): Rule("admin", metered=True),
    ("POST", "/api/console/training/start"): Rule("admin", metered=True),
    ("POST", "/api/console/training/improve/plan"): Rule("admin", metered=True),
    ("POST", "/api/console/training/improve"): Rule("admin", metered=True),
    ("GET", "/api/console/training/runs/{id}"): Rule("review"),
    ("GET", "/api/console/training/compare"): Rule("review"),
    ("GET", "/api/console/work"): Rule("review"),
    ("GET", "/api/console/work/{id}"): Rule("review"),
    ("POST", "/api/console/work/{id}/stop"): Rule("curate", metered=True),
    ("POST", "/api/console/work/{id}/again"): Rule("admin", metered=True),
    # The subject releases of the console.
    ("GET", "/api/console/releases"): Rule("review"),
    ("POST", "/api/console/releases/rollback"): Rule("admin", metered=True),
    ("GET", "/api/console/releases/canary"): Rule("review", metered=True),
    ("POST", "/api/console/releases/canary"): Rule("admin", metered=True),
    ("POST", "/api/console/releases/canary/stop"): Rule("admin", metered=True),
    ("POST", "/api/console/releases/canary/promote"): Rule("admin", metered=True),
    ("GET", "/api/console/releases/staging"): Rule("review"),
    ("DELETE", "/api/console/releases/staging/{link}"): Rule("admin", metered=True),
    ("GET", "/api/console/releases/{id}"): Rule("review"),
    ("GET", "/api/console/releases/{id}/report.html"): Rule("review"),
    ("POST", "/api/console/releases/{id}/evaluate"): Rule("admin", metered=True),
    ("POST", "/api/console/releases/{id}/gate"): Rule("admin", metered=True),
    ("POST", "/api/console/releases/{id}/promote"): Rule("admin", metered=True),
    ("POST", "/api/console/releases/{id}/staging"): Rule("admin", metered=True),
    # The subject panels of the console.
    ("GET", "/api/console/panels"): Rule("review"),
    ("POST", "/api/console/panels"): Rule("curate", metered=True),
    ("GET", "/api/console/panels/choices"): Rule("review"),
    ("DELETE", "/api/console/panels/making/{id}"): Rule("curate", metered=True),
    ("GET", "/api/console/panels/{id}"): Rule("review"),
    ("DELETE", "/api/console/panels/{id}"): Rule("admin", metered=True),
    ("POST", "/api/console/panels/{id}/raters"): Rule("curate", metered=True),
    ("DELETE", "/api/console/panels/{id}/raters/{rater}"): Rule("curate", metered=True),
    ("GET", "/api/console/panels/{id}/results"): Rule("review", metered=True),
    ("GET", "/api/console/panels/{id}/export"): Rule("curate", metered=True),
    ("POST", "/api/console/panels/{id}/close"): Rule("curate", metered=True),
    # The subject channels of the console.
    ("GET", "/api/console/channels"): Rule("admin"),
    ("POST", "/api/console/channels/{kind}/test"): Rule("admin", metered=True),
    # The subject keys of the console.
    ("GET", "/api/console/keys"): Rule("admin"),
    ("POST", "/api/console/keys"): Rule("admin", metered=True),
    ("DELETE", "/api/console/keys/{id}"): Rule("admin", metered=True),
    ("POST", "/api/console/keys/{id}/restore"): Rule("admin", metered=True),
    # The subject people of the console.
    ("GET", "/api/console/people"): Rule("admin"),
    ("POST", "/api/console/people/invitations"): Rule("admin", metered=True),
    ("DELETE", "/api/console/people/invitations/{id}"): Rule("admin", metered=True),
    ("GET", "/api/console/people/me"): Rule("account"),
    ("DELETE", "/api/console/people/me/sessions"): Rule("account"),
    ("PATCH", "/api/console/people/{id}"): Rule("admin", metered=True),
    ("DELETE", "/api/console/people/{id}/sessions"): Rule("admin", metered=True),
    # By the token of a secret link, which the handlers look at.
    ("POST", "/api/invitation"): Rule("public", metered=True),
    ("POST", "/api/invitation/account"): Rule("public", metered=True),
    # The subject privacy of the console.
    ("GET", "/api/console/privacy"): Rule("admin"),
    ("POST", "/api/console/privacy/find"): Rule("admin", metered=True),
    ("POST", "/api/console/privacy/export"): Rule("admin", metered=True),
    ("GET", "/api/console/privacy/erasures"): Rule("admin"),
    ("POST", "/api/console/privacy/erase"): Rule("admin", metered=True),
    ("POST", "/api/console/privacy/finish"): Rule("admin", metered=True),
    ("POST", "/api/console/privacy/proof"): Rule("admin", metered=True),
    # The subject audit of the console.
    ("GET", "/api/console/audit"): Rule("admin"),
    ("POST", "/api/console/audit/verify"): Rule("admin", metered=True),
    ("GET", "/api/console/audit/export"): Rule("admin", metered=True),
    # The subject settings of the console.
    ("GET", "/api/console/settings"): Rule("admin"),
    ("PUT", "/api/console/settings"): Rule("admin", metered=True),
    ("POST", "/api/console/settings/check"): Rule("admin"),
    ("POST", "/api/console/settings/apply"): Rule("admin", metered=True),
    ("GET", "/api/console/settings/versions"): Rule("admin"),
    ("GET", "/api/console/settings/versions/{id}"): Rule("admin"),
    ("POST", "/api/console/settings/versions/{id}/restore"): Rule("admin", metered=True),
    ("POST", "/api/console/settings/versions/{id}/undo"): Rule("admin", metered=True),
    # The subject guide of the console.
    ("GET", "/api/console/guide"): Rule("admin"),
    ("PUT", "/api/console/guide/purpose"): Rule("admin", metered=True),
    ("POST", "/api/console/guide/files"): Rule("admin", metered=True),
    ("DELETE", "/api/console/guide/files"): Rule("admin", metered=True),
    ("POST", "/api/console/guide/sample"): Rule("admin", metered=True),
    ("POST", "/api/console/guide/build"): Rule("admin", metered=True),
    # The subject sharing of the console.
    # The subject widget of the console.
    ("GET", "/api/console/widget"): Rule("admin"),
    # Who may frame it, `widget_api.py` says.
    ("GET", "/widget.js"): PUBLIC,
    ("GET", "/widget"): PUBLIC,
    ("GET", "/widget/preview"): PUBLIC,
    ("GET", "/widget/demo"): PUBLIC,
    ("POST", "/api/widget/session"): Rule("public", metered=True),
}

# First parts of addresses that the page never has.
RESERVED = (
    *("api", "v1", "channels", "health", "ready", "metrics", "version", "tokenize", "detokenize"),
    *("docs", "openapi.json", "panel", "staging", "widget", "widget.js", "manifest.webmanifest"),
)


def _pattern(path: str) -> re.Pattern[str]:
    """As Starlette compiles a path: a parameter is anything without a slash."""
    parts = re.split(r"\{\w+\}", path)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


PLAIN: dict[str, dict[str, Rule]] = {}
PATTERNS: list[tuple[re.Pattern[str], dict[str, Rule]]] = []


def _sort() -> None:
    by_path: dict[str, dict[str, Rule]] = {}
    for (method, path), rule in RULES.items():
        by_path.setdefault(path, {})[method] = rule
    for path, methods in by_path.items():
        if "{" in path:
            PATTERNS.append((_pattern(path), methods))
        else:
            PLAIN[path] = methods


_sort()


def rules_at(path: str) -> dict[str, Rule]:
    """The rules of a path by method; empty where nothing is."""
    found = PLAIN.get(path)
    if found is not None:
        return found
    for pattern, methods in PATTERNS:
        if pattern.fullmatch(path):
            return methods
    return NONE if path.removeprefix("/").partition("/")[0] in RESERVED else PAGE
