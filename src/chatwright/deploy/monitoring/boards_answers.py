"""The board of answers, feedback, the loop and the knowledge. Values only."""

from __future__ import annotations

from chatwright.deploy.monitoring.panels import Board, Panel
from chatwright.deploy.monitoring.queries import REPLIES, lines, quantile, rate

THUMBS = 'increase(chatwright_feedback_total{thumb=~"%s"}[1d])'
ANSWERS = Board(
    "answers",
    "answers and feedback",
    "How sure it is, what people say of it, and what the loop does about it.",
    (
        (
            "Answers",
            (
                lines(
                    "Routes",
                    f"{rate('chatwright_turns_total', 'route')} / on () group_left () {REPLIES}",
                    "{{route}}",
                    "percentunit",
                    stacked=True,
                ),
                lines(
                    "Confidence, middle",
                    quantile(0.5, "chatwright_confidence", "route"),
                    "{{route}}",
                    "percentunit",
                ),
                lines(
                    "Confidence, lowest tenth",
                    quantile(0.1, "chatwright_confidence", "route"),
                    "{{route}}",
                    "percentunit",
                ),
                lines(
                    "What the guard did",
                    rate("chatwright_marks_total", "mark"),
                    "{{mark}}",
                    "reqps",
                ),
                lines(
                    "Calls for a person",
                    rate("chatwright_handovers_total", "reason"),
                    "{{reason}}",
                    "reqps",
                ),
                lines(
                    "People that wait, or have somebody",
                    "max by (state) (chatwright_people_waiting)",
                    "{{state}}",
                ),
                lines(
                    "The longest wait for a person",
                    'max by (model_name) (chatwright_people_oldest_seconds{state="wanted"})',
                    "{{model_name}}",
                    "s",
                    worse=(300.0, 900.0),
                ),
            ),
        ),
        (
            "Feedback",
            (
                lines("Thumbs", rate("chatwright_feedback_total", "thumb"), "{{thumb}}", "reqps"),
                lines(
                    "Thumbs down, of all in a day, by release",
                    f"sum by (release) ({THUMBS % 'down'}) / sum by (release) ({THUMBS % 'up|down'})",
                    "{{release}}",
                    "percentunit",
                    worse=(0.25, 0.4),
                ),
                lines(
                    "Corrections",
                    rate("chatwright_corrections_total", "channel"),
                    "{{channel}}",
                    "reqps",
                ),
                lines(
                    "Reviews that wait",
                    "max by (model_name, state) (chatwright_reviews_waiting)",
                    "{{model_name}} {{state}}",
                ),
                lines(
                    "The oldest review",
                    "max by (model_name) (chatwright_reviews_oldest_seconds)",
                    "{{model_name}}",
                    "s",
                ),
            ),
        ),
        (
            "The loop",
            (
                lines(
                    "What the gate said",
                    "max by (model_name, verdict) (chatwright_gate_verdicts)",
                    "{{model_name}} {{verdict}}",
                    kind="bargauge",
                ),
                Panel(
                    "The last improvement",
                    (("max by (model_name, state) (chatwright_improve_last_state) == 1", ""),),
                    kind="table",
                ),
                lines(
                    "Drift, of the sum at which there is an alarm",
                    "max by (model_name, figure) (chatwright_drift_score)",
                    "{{model_name}} {{figure}}",
                    worse=(0.7, 1.0),
                ),
                lines(
                    "New questions told from old (0.5: not at all)",
                    "max by (model_name, against) (chatwright_drift_auc)",
                    "{{model_name}} {{against}}",
                ),
                lines("Canary's share", "max(chatwright_canary_share)", "share", "percentunit"),
                lines(
                    "Canary: how far each rule is on the way to rolling back",
                    "max by (rule) (chatwright_canary_evidence)",
                    "{{rule}}",
                    worse=(0.8, 1.0),
                ),
                lines(
                    "Canary: replies",
                    rate("chatwright_canary_replies_total", "arm, status"),
                    "{{arm}} {{status}}",
                    "reqps",
                ),
                lines(
                    "Canary: slow end",
                    quantile(0.95, "chatwright_canary_seconds", "model_name"),
                    "{{model_name}}",
                    "s",
                ),
                Panel(
                    "Served",
                    (
                        (
                            "max by (model_name, release, deployment) (chatwright_deployment_info)",
                            "",
                        ),
                    ),
                    kind="table",
                ),
            ),
        ),
        (
            "Knowledge",
            (
                lines(
                    "Documents",
                    "max by (model_name) (chatwright_knowledge_documents)",
                    "{{model_name}}",
                ),
                lines(
                    "Documents that cannot be read",
                    "max by (model_name) (chatwright_knowledge_problems)",
                    "{{model_name}}",
                    worse=(1.0, 10.0),
                ),
                lines(
                    "Since the last good look at them",
                    "time() - max by (model_name) (chatwright_knowledge_synced_timestamp_seconds)",
                    "{{model_name}}",
                    "s",
                ),
                lines(
                    "Since the last change",
                    "time() - max by (model_name) (chatwright_knowledge_changed_timestamp_seconds)",
                    "{{model_name}}",
                    "s",
                ),
                lines(
                    "Looks at them",
                    rate("chatwright_knowledge_syncs_total", "model_name, result"),
                    "{{model_name}} {{result}}",
                    "ops",
                ),
            ),
        ),
    ),
)
