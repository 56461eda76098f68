"""Quoted mails, signatures and "Sent from my phone" out of a message, in seven languages.

In sources that are mail, lines that begin with ">" are quotes. Elsewhere only what says so itself is
taken out: ">" is also how people quote in a chat. A message that holds nothing else stays as it is.
"""

from __future__ import annotations

import re

_DATED = r"(?=[^\n]*\d)[^\n]{4,200}"
_WHO = r"[^\n]{0,200}(?:\n[^\n]{1,120})?"  # mail programs break long lines
# On 3 May, Jo <jo@example.org> wrote, in English, German, French, Spanish, Italian, Portuguese,
# Dutch and Japanese (Gmail's and Outlook's forms).
ATTRIBUTION = re.compile(
    rf"^(?:On {_DATED}?{_WHO}\bwrote|Am {_DATED}?\bschrieb\b{_WHO}|Am {_DATED}?{_WHO} geschrieben"
    rf"|Le {_DATED}?{_WHO}\ba écrit|El {_DATED}?{_WHO}\bescribió|Il {_DATED}?{_WHO}\bha scritto"
    rf"|Em {_DATED}?{_WHO}\bescreveu|Op {_DATED}?\bschreef\b{_WHO}"
    r"|\d{4}年\d{1,2}月\d{1,2}日[^\n]{0,160}(?:のメール|>|さん(?:は|が)?書きました))[ \u00a0]?[:\uff1a][ ]*$",
    re.MULTILINE,
)
_ORIGINAL = (
    "Original Message|Forwarded message|Ursprüngliche Nachricht|Originalnachricht|"
    "Original-Nachricht|Weitergeleitete Nachricht|Message d['\u2019]origine|Message original|"
    "Message transféré|Mensaje original|Mensaje reenviado|Messaggio originale|Mensagem original|"
    "Oorspronkelijk bericht|元のメッセージ|転送メッセージ|転送されたメッセージ"
)
_FROM = "From|Von|De|Da|Van|差出人|送信者"
_NEXT = "Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Inviato|Data|Verzonden|送信日時|日時|日付"
_TO = "To|An|À|Para|A|Aan|宛先"
CUT = re.compile(
    rf"^(?:-{{2,}} ?(?:{_ORIGINAL}) ?-{{2,}}"
    rf"|\*?(?:{_FROM})\*? ?[:\uff1a][^\n]+\n\*?(?:{_NEXT}|{_TO})\*? ?[:\uff1a][^\n]+\n)",
    re.MULTILINE | re.IGNORECASE,
)
RULE = re.compile(r"\n[_-]{5,}\s*\Z")
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
SIGNED = 12  # lines that a signature may have
_DEVICE = (
    "iPhone|iPad|Android|Galaxy|Samsung|Huawei|Xiaomi|BlackBerry|Windows|Outlook|Mail|Yahoo|Proton|"
    "phone|mobile|Handy|Smartphone|Mobilgerät|Mobiltelefon|móvil|portable|téléphone|cellulare"
)
DEVICE = re.compile(
    rf"^(?:(?:Sent (?:from|via) |Get Outlook for |Von mein|Gesendet (?:von|mit|über) |Envoyé d|"
    rf"Envoyé à partir de |Enviado (?:desde|do|a partir) |Inviato da(?:l)? |Verzonden van)"
    rf"(?=[^\n]*(?:{_DEVICE}))[^\n]{{2,60}}|[^\n]{{0,30}}(?:{_DEVICE})から送信[^\n]{{0,10}})\s*\Z",
    re.MULTILINE | re.IGNORECASE,
)
# One of these stands in every message that `without_quotes` would change.
MARKS = (
    *(
        "wrote",
        "schrieb",
        "écrit",
        "escribió",
        "scritto",
        "escreveu",
        "schreef",
        "日",
        "差出人",
        "送信",
    ),
    *("\n>", "\n--", "---", "From", "Von", "De", "Da", "Van"),
    *("Sent ", "Get Outlook", "Gesendet", "Envoy", "Enviado", "Inviato", "Verzonden"),
)
QUOTE = re.compile(r"^[ ]{0,2}>")


def without_quotes(text: str, is_mail: bool = False) -> str:
    """`text` without what it quotes and how it is signed; as it is when nothing would be left."""
    if "\n" not in text or not any(mark in text for mark in MARKS):
        return text  # of a single line nothing would be left
    kept = _unquoted(text, is_mail)
    if cut := CUT.search(kept):
        kept = RULE.sub("", kept[: cut.start()])
    kept = _unsigned(DEVICE.sub("", kept.rstrip() + "\n"))
    return kept.rstrip() if kept.strip() and kept.rstrip() != text.rstrip() else text


def _unquoted(text: str, is_mail: bool) -> str:
    """Lines with ">" out where they are a mail's; all that follows an attribution without them, too."""
    found = ATTRIBUTION.search(text)
    if found:
        after = text[found.end() :].lstrip()
        quoted = bool(QUOTE.match(after))
        if not quoted and not (is_mail or "@" in found[0] or "<" in found[0]):
            return text
        if not quoted:
            return text[: found.start()]
        text = text[: found.start()] + _unquoted(after, True)
    elif not is_mail:
        return text
    return "\n".join(line for line in text.split("\n") if not QUOTE.match(line))


def _unsigned(text: str) -> str:
    for found in SIGNATURE.finditer(text):
        if text.count("\n", found.end()) <= SIGNED:
            return text[: found.start()]
    return text
