"""Messenger's Send API of one page, and what it tells the page's app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.graph import DAY, SECRET, TOKEN, VERIFY, Graph, Refused
from chatwright.channels.simulator.vendor import Saying
from chatwright.channels.simulator.world import Event, Line, code, digits

PAGE, APP = "108870001122334", 251234567890
TEXT = 2000  # characters
TEMPLATE, QUICK, TITLE = 640, 13, 20  # of a button template, of quick replies, of a title
PER_PAGE = (40.0, 80.0)  # sends a second and at once
HUMAN_AGENT = 7 * DAY  # the window for people's own replies


class Messenger(Graph):
    """Sends below /graph/{version}/{page}/ and /graph/{version}/me/."""

    name: ClassVar[str] = "messenger"
    busy: ClassVar[int] = 1200

    def routes(self) -> list[BaseRoute]:
        found: list[BaseRoute] = []
        for node in (PAGE, "me"):
            base = "/graph/{version}/" + node
            found.append(Route(f"{base}/messages", self.called, methods=["POST"]))
            found.append(Route(base, self.asked, methods=["GET"]))
        return found

    def environment(self, origin: str) -> dict[str, str]:
        return {
            "MESSENGER_ACCESS_TOKEN": TOKEN,
            "MESSENGER_APP_SECRET": SECRET,
            "MESSENGER_VERIFY_TOKEN": VERIFY,
        }

    def options(self, origin: str) -> dict[str, str | bool]:
        return {"base_url": f"{origin}/graph/v23.0", "account": PAGE}

    def about(self) -> dict[str, Any]:
        return {"id": PAGE, "name": "Simulated"}

    def user(self, name: str) -> str:
        return self.book.person(name, digits(f"psid:{name}", 16))

    def _mid(self) -> str:
        return f"m_{code(f'{self.seed}:mid:{self.book.number()}', 48)}"

    def _event(self, ident: str, psid: str, what: Mapping[str, Any], saying: Saying) -> Event:
        now = int(self.book.clock.now() * 1000)
        told = {"sender": {"id": psid}, "recipient": {"id": PAGE}, "timestamp": now, **what}
        return Event(ident, told, saying.person, saying.text)

    def say(self, saying: Saying) -> list[Event]:
        """`where` "image": a picture without words."""
        psid = self.user(saying.person)
        line = self.book.write(self._mid(), psid, psid, "person", saying.text)
        message: dict[str, Any] = {"mid": line.id, "text": saying.text}
        if saying.where == "image":
            picture = {"type": "image", "payload": {"url": "https://example.invalid/a.jpg"}}
            message = {"mid": line.id, "attachments": [picture]}
        return [self._event(line.id, psid, {"message": message}, saying)]

    def react(self, saying: Saying) -> list[Event]:
        """`text` is the emoji; an empty one takes it back."""
        line, psid = self.book.lines[saying.message], self.user(saying.person)
        line.reactions[:] = [saying.text] if saying.text else []
        reaction: dict[str, Any] = {"mid": line.id, "action": "react" if saying.text else "unreact"}
        if saying.text:
            names = {"👍": "like", "👎": "dislike", "❤": "love"}
            reaction |= {"emoji": saying.text, "reaction": names.get(saying.text, "other")}
        ident = f"reaction:{line.id}:{self.book.number()}"
        return [self._event(ident, psid, {"reaction": reaction}, saying)]

    def press(self, saying: Saying) -> list[Event]:
        """A quick reply comes as a message, a button as a postback; `text` is its payload."""
        line, psid = self.book.lines[saying.message], self.user(saying.person)
        button = next(b for b in line.buttons if b["value"] == saying.text)
        mid = self._mid()
        if button["id"] == "quick":
            self.book.write(mid, psid, psid, "person", button["label"])
            quick = {"payload": button["value"]}
            what = {"message": {"mid": mid, "text": button["label"], "quick_reply": quick}}
            return [self._event(mid, psid, what, saying)]
        self.book.heard[psid] = self.book.clock.now()
        postback = {"mid": mid, "title": button["label"], "payload": button["value"]}
        return [self._event(mid, psid, {"postback": postback}, saying)]

    def special(self, kind: str) -> list[Event]:
        """echo, start (the "Get started" button), standby."""
        saying, psid = Saying("ada"), self.user("ada")
        mid = self._mid()
        if kind == "echo":
            return [self._echo(self.book.write(mid, psid, psid, "bot", "from the inbox"), 1)]
        if kind == "start":
            postback = {"mid": mid, "title": "Get started", "payload": "GET_STARTED"}
            return [self._event(mid, psid, {"postback": postback}, saying)]
        if kind == "standby":
            event = self._event(mid, psid, {"message": {"mid": mid, "text": "to others"}}, saying)
            return [Event(event.id, {**event.payload, "standby": True})]
        return super().special(kind)

    def _echo(self, line: Line, app: int) -> Event:
        message = {"mid": line.id, "text": line.text, "is_echo": True, "app_id": app}
        if tracked := line.about.get("tracker"):
            message["metadata"] = tracked
        now = int(self.book.clock.now() * 1000)
        told = {"sender": {"id": PAGE}, "recipient": {"id": line.person}, "timestamp": now}
        return Event(f"echo:{line.id}", {**told, "message": message})

    def _delivered(self, line: Line, what: str) -> Event:
        now = int(self.book.clock.now() * 1000)
        told: dict[str, Any] = {"watermark": now}
        if what == "delivery":
            told["mids"] = [line.id]
        whom = {"sender": {"id": line.person}, "recipient": {"id": PAGE}, "timestamp": now}
        return Event(f"{what}:{line.id}", {**whom, what: told})

    def envelope(self, events: list[Event]) -> dict[str, Any]:
        """An entry for each event of a batch; standby has its own list."""
        entries = []
        for event in events:
            told = {k: v for k, v in event.payload.items() if k != "standby"}
            name = "standby" if "standby" in event.payload else "messaging"
            entries.append({"id": PAGE, "time": int(self.book.clock.now() * 1000), name: [told]})
        return {"object": "page", "entry": entries}

    def kind(self, given: Mapping[str, Any]) -> str:
        return str(given.get("sender_action") or "message")

    def shown(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        if kind not in ("typing_on", "typing_off", "mark_seen"):
            raise Refused(100, "Invalid sender_action")
        return {"recipient_id": self._whom(given)}

    def _whom(self, given: Mapping[str, Any]) -> str:
        psid = str((given.get("recipient") or {}).get("id", ""))
        if psid not in self.book.people:
            raise Refused(100, "No matching user found", sub=2018001)
        return psid

    def sent(self, given: Mapping[str, Any]) -> dict[str, Any]:
        psid, kind = self._whom(given), given.get("messaging_type")
        if kind not in ("RESPONSE", "UPDATE", "MESSAGE_TAG"):
            raise Refused(
                100, "Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}"
            )
        tagged = kind == "MESSAGE_TAG" and given.get("tag") == "HUMAN_AGENT"
        if kind == "MESSAGE_TAG" and not tagged:
            raise Refused(100, "Invalid tag")
        if self.book.rules.window and not self.book.open(psid, HUMAN_AGENT if tagged else DAY):
            words = "This message is sent outside of allowed window."
            raise Refused(10, words, 403, sub=2018278)
        text, buttons = self._content(given.get("message") or {})
        if self.book.wait("page", *PER_PAGE):
            raise Refused(613, "Calls to this api have exceeded the rate limit.", 429)
        line = self.book.write(
            self._mid(), psid, psid, "bot", text, method=str(kind), buttons=buttons
        )
        if isinstance(tracked := (given.get("message") or {}).get("metadata"), str):
            line.about["tracker"] = tracked[:1000]
        if tagged:
            line.about["tag"] = "HUMAN_AGENT"
        if self.book.rules.statuses:
            self.post([self._echo(line, APP)], 0.0)
            self.post([self._delivered(line, "delivery")], 0.02)
            self.post([self._delivered(line, "read")], 0.04)
        return {"recipient_id": psid, "message_id": line.id}

    def _content(self, message: Mapping[str, Any]) -> tuple[str, list[dict[str, str]]]:
        text, most = message.get("text"), TEXT
        quick = message.get("quick_replies") or []
        buttons = [{"id": "quick", "label": q["title"], "value": q["payload"]} for q in quick]
        payload = (message.get("attachment") or {}).get("payload") or {}
        if payload.get("template_type") == "button":
            text, most = payload.get("text"), TEMPLATE
            pressed = payload.get("buttons") or []
            buttons = [
                {"id": "button", "label": b["title"], "value": b["payload"]} for b in pressed
            ]
            if not 0 < len(buttons) <= 3:
                raise Refused(100, "Invalid number of buttons")
        if len(quick) > QUICK or any(len(b["label"]) > TITLE for b in buttons):
            raise Refused(100, "Invalid keyboard")
        if not isinstance(text, str) or not text:
            raise Refused(100, "Param message must not be empty")
        if self.book.rules.lengths and len(text) > most:
            raise Refused(
                100, f"Length of param message[text] must be less than or equal to {most}"
            )
        return text, buttons
