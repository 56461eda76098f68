"""WhatsApp's Cloud API: one business number, its customer window, its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.graph import DAY, SECRET, TOKEN, VERIFY, Graph, Refused
from chatwright.channels.simulator.vendor import Saying
from chatwright.channels.simulator.world import Event, Line, code, digits

PHONE, ACCOUNT, NUMBER = "106540352242922", "102290129340398", "15550783881"
TEXT = 4096  # characters
BUTTONS, LABEL, BUTTON_TEXT = 3, 20, 1024
PER_NUMBER = (80.0, 80.0)  # messages a second and at once
PER_PERSON = (1 / 6, 45.0)  # to one person: a burst is borrowed from later
TEMPLATES = frozenset({"hello_world", "conversation_continues"})  # those that are approved


class WhatsApp(Graph):
    """Sends below /graph/{version}/{number}/; events come batched."""

    name: ClassVar[str] = "whatsapp"
    busy: ClassVar[int] = 131016

    def routes(self) -> list[BaseRoute]:
        base = "/graph/{version}/" + PHONE
        return [
            Route(f"{base}/messages", self.called, methods=["POST"]),
            Route(base, self.asked, methods=["GET"]),
        ]

    def environment(self, origin: str) -> dict[str, str]:
        return {
            "WHATSAPP_ACCESS_TOKEN": TOKEN,
            "WHATSAPP_APP_SECRET": SECRET,
            "WHATSAPP_VERIFY_TOKEN": VERIFY,
        }

    def options(self, origin: str) -> dict[str, str | bool]:
        return {"base_url": f"{origin}/graph/v23.0", "account": PHONE}

    def about(self) -> dict[str, Any]:
        return {
            "id": PHONE,
            "display_phone_number": "+1 555-078-3881",
            "verified_name": "Simulated",
            "quality_rating": "GREEN",
        }

    def user(self, name: str) -> tuple[str, str]:
        """The phone number and the business-scoped id of a person."""
        number, scoped = f"1555{digits(name, 7)}", f"US.{digits(f'scoped:{name}', 18)}"
        self.book.person(name, number)
        self.book.people[scoped] = name
        return number, scoped

    def _wamid(self) -> str:
        return f"wamid.{code(f'{self.seed}:wamid:{self.book.number()}', 40)}"

    def say(self, saying: Saying) -> list[Event]:
        """`where` "image": a picture with `text` as its caption."""
        if saying.where == "image":
            picture = {"id": digits(saying.text, 15), "mime_type": "image/jpeg", "sha256": ""}
            return [
                self._from(saying, {"type": "image", "image": {**picture, "caption": saying.text}})
            ]
        return [self._from(saying, {"type": "text", "text": {"body": saying.text}})]

    def react(self, saying: Saying) -> list[Event]:
        """`text` is the emoji; an empty one takes it back."""
        line = self.book.lines[saying.message]
        line.reactions[:] = [saying.text] if saying.text else []
        return [
            self._from(
                saying,
                {"type": "reaction", "reaction": {"message_id": line.id, "emoji": saying.text}},
            )
        ]

    def press(self, saying: Saying) -> list[Event]:
        """`text` is the button's id."""
        line = self.book.lines[saying.message]
        button = next(b for b in line.buttons if b["value"] == saying.text)
        reply = {"id": button["value"], "title": button["label"]}
        return [
            self._from(
                saying,
                {
                    "type": "interactive",
                    "interactive": {"type": "button_reply", "button_reply": reply},
                    "context": {"from": NUMBER, "id": line.id},
                },
            )
        ]

    def special(self, kind: str) -> list[Event]:
        """unsupported, system, failed (the status of the last message sent)."""
        saying = Saying("ada")
        if kind == "unsupported":
            error = {"code": 131051, "title": "Message type unknown"}
            return [self._from(saying, {"type": kind, "errors": [error]})]
        if kind == "system":
            changed = {"body": "ada changed to another number", "type": "user_changed_number"}
            return [self._from(saying, {"type": kind, "system": changed})]
        sent = [line for line in self.book.order if line.who == "bot"]
        if kind == "failed" and sent:
            return [self._status(sent[-1], "failed")]
        return super().special(kind)

    def _from(self, saying: Saying, what: Mapping[str, Any]) -> Event:
        number, scoped = self.user(saying.person)
        said = what.get("text", {}).get("body") or what.get("image", {}).get("caption", "")
        line = self.book.write(self._wamid(), number, number, "person", said, method=what["type"])
        message = {"id": line.id, "timestamp": str(int(line.at)), **what, "from_user_id": scoped}
        contact: dict[str, Any] = {"profile": {"name": saying.person}, "user_id": scoped}
        if self.book.rules.hidden_numbers:
            contact["profile"]["username"] = saying.person
        else:
            message["from"] = contact["wa_id"] = number
        payload = {"contacts": [contact], "messages": [message]}
        return Event(line.id, payload, saying.person, saying.text)

    def _status(self, line: Line, status: str) -> Event:
        scoped = self.user(self.book.people[line.person])[1]
        told: dict[str, Any] = {
            "id": line.id,
            "status": status,
            "timestamp": str(int(self.book.clock.now())),
            "recipient_user_id": scoped,
        }
        if not self.book.rules.hidden_numbers:
            told["recipient_id"] = line.person
        if tracked := line.about.get("tracker"):
            told["biz_opaque_callback_data"] = tracked
        if status == "failed":
            told["errors"] = [{"code": 131026, "title": "Message undeliverable"}]
        else:
            told["conversation"] = {
                "id": code(line.person, 32).lower(),
                "origin": {"type": "service"},
            }
            told["pricing"] = {"billable": False, "pricing_model": "PMP", "category": "service"}
        return Event(f"{line.id}:{status}", {"statuses": [told]})

    def envelope(self, events: list[Event]) -> dict[str, Any]:
        """Entries of changes of messages: the first half of a batch in one change, the others in one each."""
        half = max(1, len(events) // 2)
        changes = [self._change(events[:half]), *(self._change([event]) for event in events[half:])]
        entries = [{"id": ACCOUNT, "changes": changes[:2]}]
        entries += [{"id": ACCOUNT, "changes": [change]} for change in changes[2:]]
        return {"object": "whatsapp_business_account", "entry": entries}

    def _change(self, events: list[Event]) -> dict[str, Any]:
        value: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": NUMBER, "phone_number_id": PHONE},
        }
        for event in events:
            for name, items in event.payload.items():
                value[name] = [*value.get(name, []), *items]
        return {"value": value, "field": "messages"}

    def kind(self, given: Mapping[str, Any]) -> str:
        return "read" if given.get("status") == "read" else "message"

    def shown(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        line = self.book.lines.get(str(given.get("message_id", "")))
        if line is None or line.who != "person":
            raise Refused(131009, "Parameter value is not valid", details="message_id is unknown")
        line.about["read"] = True
        if given.get("typing_indicator"):
            self.book.count("typing")
        return {"success": True}

    def sent(self, given: Mapping[str, Any]) -> dict[str, Any]:
        to = str(given.get("to") or given.get("recipient") or "").lstrip("+")
        name = self.book.people.get(to)
        if given.get("messaging_product") != "whatsapp" or not to:
            raise Refused(100, "Invalid parameter", details="messaging_product and to are needed")
        if name is None:
            raise Refused(131026, "Message undeliverable", details="not a WhatsApp user")
        number, scoped = self.user(name)
        text, method, buttons = self._content(given)
        free = method not in ("template",)
        if free and self.book.rules.window and not self.book.open(number, DAY):
            words = "Message failed to send because more than 24 hours have passed"
            raise Refused(131047, "Re-engagement message", details=words)
        if self.book.wait("number", *PER_NUMBER):
            raise Refused(130429, "Rate limit hit", 429)
        if self.book.wait(f"pair:{number}", *PER_PERSON):
            raise Refused(131056, "(Business Account, Consumer Account) pair rate limit hit")
        line = self.book.write(
            self._wamid(), number, number, "bot", text, method=method, buttons=buttons
        )
        if isinstance(tracked := given.get("biz_opaque_callback_data"), str):
            line.about["tracker"] = tracked[:512]
        if self.book.rules.statuses:
            for n, status in enumerate(("sent", "delivered", "read")):
                self.post([self._status(line, status)], 0.02 * n)
        contact = {"input": to, "wa_id": number, "user_id": scoped}
        return {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": line.id}],
        }

    def _content(self, given: Mapping[str, Any]) -> tuple[str, str, list[dict[str, str]]]:
        """(what is said, its kind, its buttons)"""
        kind = str(given.get("type") or "text")
        if kind == "template":
            template = given.get("template") or {}
            named, locale = template.get("name"), (template.get("language") or {}).get("code")
            if named not in TEMPLATES or not locale:
                raise Refused(132001, "Template name does not exist in the translation", 404)
            parts = [p for c in template.get("components") or [] for p in c.get("parameters") or []]
            return " ".join([f"[{named}]", *(str(p.get("text", "")) for p in parts)]), kind, []
        if kind == "text":
            text, most, buttons = (given.get("text") or {}).get("body"), TEXT, []
        elif kind == "interactive":
            asked = given.get("interactive") or {}
            text, most = (asked.get("body") or {}).get("text"), BUTTON_TEXT
            pressed = [b["reply"] for b in (asked.get("action") or {}).get("buttons") or []]
            buttons = [{"id": b["id"], "label": b["title"], "value": b["id"]} for b in pressed]
            wrong = any(not 0 < len(b["label"]) <= LABEL for b in buttons)
            if wrong or not 0 < len(buttons) <= BUTTONS:
                raise Refused(131009, "Parameter value is not valid", details="buttons")
        else:
            raise Refused(131051, "Unsupported message type")
        if not isinstance(text, str) or not text:
            raise Refused(131008, "Required parameter is missing", details="text")
        if self.book.rules.lengths and len(text) > most:
            words = f"Param text['body'] must be at most {most} characters long."
            raise Refused(100, words, details=words)
        return text, kind, buttons
