"""What Slack's answers mean: it answers 200 to nearly everything, and says in a word what failed.

Source: the errors that https://docs.slack.dev/reference/methods lists for each method.
"""

from __future__ import annotations

from chatwright.channels.calls import Reply, by_status
from chatwright.channels.channel import ChannelError, Later, Refused, TokenBad, Uncertain

STALE_TOKENS = frozenset(
    (
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
        "missing_scope",
        "no_permission",
        "org_login_required",
    )
)
UNCLEAR = frozenset(("internal_error", "fatal_error", "request_timeout"))
AWAY = frozenset(("service_unavailable", "team_added_to_org", "ratelimited", "rate_limited"))


def judged(reply: Reply) -> ChannelError | None:
    if reply.status == 429:
        return Later("Slack asks us to slow down.", after=reply.retry_after or 1.0)
    word = str(reply.values.get("error", ""))[:80]
    if reply.values.get("ok") is True:
        return None
    if word in STALE_TOKENS:
        return TokenBad(f"Slack refused: {word}.", "Install the app anew, and set its token.")
    if word in UNCLEAR:  # by its documentation, some of it may have been done
        return Uncertain(f"Slack answered {word}.")
    if word in AWAY:
        return Later(f"Slack answered {word}.", after=reply.retry_after)
    if word:
        return Refused(f"Slack refused: {word}.")
    return by_status(reply) or Uncertain("Slack answered without a result.")
