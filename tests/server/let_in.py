"""Who is let in by which route, written once more by hand, apart from `rules.py`."""

from __future__ import annotations

EVERYBODY = "everybody"
CHATTING = ("visitor", "key chat", "account owner", "account editor", "account reviewer")
CHATTING = (*CHATTING, "account visitor", "x-api-key chat")
ACCOUNTS = ("account owner", "account editor", "account reviewer", "account visitor")
SAYING = ("visitor", "key feedback", "x-api-key feedback", *ACCOUNTS)
MODELS = ("key models", "x-api-key models")
REVIEWING = ("key review", "x-api-key review", "account owner", "account editor")
REVIEWING = (*REVIEWING, "account reviewer")
CURATING = ("key curate", "x-api-key curate", "account owner", "account editor")
RATING = ("visitor", "key feedback", "x-api-key feedback", *ACCOUNTS)
ADMIN = ("key admin", "x-api-key admin", "account owner")
LET_IN: dict[str, str | tuple[str, ...]] = {
    "GET /health": EVERYBODY,
    "GET /ready": EVERYBODY,
    "GET /version": MODELS,
    "GET /metrics": ("key admin", "x-api-key admin"),
    "GET /openapi.json": MODELS,
    "HEAD /openapi.json": MODELS,
    "GET /v1/models": MODELS,
    "GET /v1/models/{name}": MODELS,
    "POST /v1/chat/completions": ("key chat", "x-api-key chat"),
    "POST /v1/completions": ("key raw", "x-api-key raw"),
    "POST /v1/responses": ("key chat", "x-api-key chat"),
    "GET /v1/responses/{id}": ("key chat", "x-api-key chat"),
    "DELETE /v1/responses/{id}": ("key chat", "x-api-key chat"),
    "POST /v1/responses/{id}/cancel": ("key chat", "x-api-key chat"),
    "GET /v1/responses/{id}/input_items": ("key chat", "x-api-key chat"),
    "POST /v1/feedback": ("key feedback", "x-api-key feedback"),
    "DELETE /v1/feedback/{message_id}": ("key feedback", "x-api-key feedback"),
    "POST /v1/embeddings": ("key embeddings", "x-api-key embeddings"),
    "POST /tokenize": ("key chat", "x-api-key chat"),
    "POST /detokenize": ("key chat", "x-api-key chat"),
    "GET /api/session": EVERYBODY,
    "POST /api/session": EVERYBODY,
    "DELETE /api/session": ACCOUNTS,
    "PUT /api/password": ACCOUNTS,
    "POST /api/owner": EVERYBODY,
    "GET /api/privacy": CHATTING,
    "DELETE /api/privacy": CHATTING,
    "PUT /api/privacy/consent": CHATTING,
    "GET /api/privacy/export": CHATTING,
    "GET /api/bot": CHATTING,
    "GET /api/conversations": CHATTING,
    "POST /api/conversations": CHATTING,
    "GET /api/conversations/{id}": CHATTING,
    "PATCH /api/conversations/{id}": CHATTING,
    "DELETE /api/conversations/{id}": CHATTING,
    "POST /api/conversations/{id}/turns": CHATTING,
    "GET /api/turns/{turn_id}/events": CHATTING,
    "POST /api/turns/{turn_id}/stop": CHATTING,
    "PUT /api/messages/{id}/feedback": RATING,
    "DELETE /api/messages/{id}/feedback": RATING,
    "GET /staging/{token}": EVERYBODY,
    "GET /api/staging": CHATTING,
    "DELETE /api/staging": CHATTING,
    "PUT /api/staging/tasks/{number}": SAYING,
    "GET /api/console/knowledge": REVIEWING,
    "GET /api/console/knowledge/documents": REVIEWING,
    "GET /api/console/knowledge/document": REVIEWING,
    "POST /api/console/knowledge/uploads": CURATING,
    "DELETE /api/console/knowledge/uploads/{id}": CURATING,
    "POST /api/console/knowledge/plan": CURATING,
    "GET /api/console/knowledge/edits": REVIEWING,
    "POST /api/console/knowledge/edits": CURATING,
    "POST /api/console/knowledge/edits/{id}/undo": CURATING,
    "GET /api/console/knowledge/snapshots": REVIEWING,
    "GET /api/console/knowledge/difference": REVIEWING,
    "POST /api/console/knowledge/rollback": CURATING,
    "POST /api/console/knowledge/forward": CURATING,
    "POST /api/console/knowledge/sync": CURATING,
    "GET /api/console/knowledge/addresses": REVIEWING,
    "POST /api/console/knowledge/addresses": CURATING,
    "DELETE /api/console/knowledge/addresses": CURATING,
    "GET /api/console/knowledge/search": REVIEWING,
    "GET /api/console/data": REVIEWING,
    "GET /api/console/data/report": REVIEWING,
    "GET /api/console/data/report.html": REVIEWING,
    "GET /api/console/data/rejected": REVIEWING,
    "GET /api/console/data/row": REVIEWING,
    "GET /api/console/data/difference": REVIEWING,
    "GET /api/console/data/files": REVIEWING,
    "POST /api/console/data/uploads": CURATING,
    "DELETE /api/console/data/uploads/{id}": CURATING,
    "POST /api/console/data/preview": CURATING,
    "POST /api/console/data/take": CURATING,
    "POST /api/console/data/build": CURATING,
    "GET /api/knowledge/gaps": (
        "key review",
        "x-api-key review",
        *("account owner", "account editor", "account reviewer"),
    ),
    "GET /panel/keys.js": EVERYBODY,
    "GET /panel/{token}": EVERYBODY,  # a link without its token leads nowhere: `test_panel_pages.py`
    "POST /panel/{token}": EVERYBODY,
    "GET /widget.js": EVERYBODY,
    "GET /widget": EVERYBODY,  # who may frame it: `test_widget.py`
    "GET /widget/preview": EVERYBODY,
    "GET /widget/demo": EVERYBODY,
    "POST /api/widget/session": EVERYBODY,  # from which sites: `test_widget.py`
    "GET /api/console/widget": ADMIN,
    "GET /api/messages/{id}/explanation": REVIEWING,
    "GET /api/curated/answers": REVIEWING,
    "POST /api/curated/answers": CURATING,
    "GET /api/curated/answers/{id}": REVIEWING,
    "PATCH /api/curated/answers/{id}": CURATING,
    "DELETE /api/curated/answers/{id}": CURATING,
    "POST /api/curated/import": CURATING,
    "GET /api/curated/export": REVIEWING,
    "GET /api/curated/revisions": REVIEWING,
    "GET /api/curated/revisions/{number}": REVIEWING,
    "POST /api/curated/rollback": CURATING,
    "GET /api/reviews": REVIEWING,
    "GET /api/reviews/log": REVIEWING,
    "POST /api/reviews/decisions": REVIEWING,
    "GET /api/reviews/{id}": REVIEWING,
    "POST /api/reviews/{id}/plan": REVIEWING,
    "POST /api/reviews/{id}/decision": REVIEWING,
    "POST /api/reviews/{id}/undo": REVIEWING,
}
SHARED = ("/api/curated/", "/api/reviews/")  # the bot's, and no person's
# Of all people's, for some: `test_explaining.py`, `test_feedback_api.py`.
REVIEWED = {
    "GET /api/messages/{id}/explanation",
    "PUT /api/messages/{id}/feedback",
    "DELETE /api/messages/{id}/feedback",
}
TASKS = "PUT /api/staging/tasks/{number}"  # of the tester's own list: `test_beside.py`
