"""Rules for telephone numbers, and for order, ticket, customer, booking, tracking and library-card numbers.

Both are mostly digits: what a number is, the words before it say. They are read backwards from the
number, word by word, because that costs less than searching for a hundred words everywhere.
"""

from __future__ import annotations

import re

from chatwright.data import privacy_checks as checks
from chatwright.data.privacy_rules import Span, before, rule

# --- telephones ----------------------------------------------------------------------------------

SEP = r"[ ./–ー-]"
GROUPS = rf"(?:(?:{SEP}{{1,3}}|(?<=[)])|(?=[(]))[(]?\d{{1,12}}[)]?)"
PHONE_SAID = re.compile(
    r"(?:\b(?:tel|tél|phone|telephone|telefon|téléphone|teléfono|fon|fax|mobile?|cell|handy|móvil|portable|call|ring"
    r"|text|whatsapp|sms|dial|reach|hotline|rufnummer|handynummer|telefonnummer|mobilnummer|anrufen|llam\w+|appel\w+"
    r"|rückruf\w*|callback|(?:my|your|meine|mon|mi) (?:number|nummer|numéro|número))\b|電話|携帯|TEL|ファックス)[^\d\n]{0,24}$",
    re.I,
)
OTHER_SAID = re.compile(
    r"(?:isbn(?:-1[03])?|issn|ean|upc|gtin|doi|oclc|asin|sku|part|serial|serie\w*|modell?|model|art(?:ikel|icle)?"
    r"|artikelnummer|version|rfc|pzn|商品|型番|品番)(?:\s?(?:number|no|nr|nummer|n[°º])?\.?)?[\s:#]*$",
    re.I,
)
COUNTRIES = re.compile(
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)(?:\D|\d)"
)
US = re.compile(rf"(?:1{SEP})?[(]?[2-9]\d\d[)]?{SEP}{{0,2}}\d{{3}}{SEP}\d{{4}}")
SPAIN = re.compile(r"[6-9]\d\d(?:[ -]\d{3}[ -]\d{3}|(?:[ -]\d\d){3})")


def _phone(match: re.Match[str]) -> tuple[int, int] | None:
    """Plus and country, trunk 0, the groups of the USA and Spain; other digits where words say so."""
    start, end = match.span()
    text = match[0]
    if text.count("(") < text.count(")"):
        end = start + text.rfind(")")
        text = match.string[start:end]
    if sum(map(str.isdigit, text)) < 7:
        return None
    sure = _sure(text)
    if sure is None or (sure and not OTHER_SAID.search(before(match, 24))):
        return None if sure is None else (start, end)
    return (start, end) if PHONE_SAID.search(before(match, 60)) else None


def _sure(text: str) -> bool | None:
    """Whether the form alone says that it is a telephone; None: it cannot be one."""
    digits = "".join(char for char in text if char.isdigit())
    count = len(digits)
    if text[0] == "+":
        return True if 8 <= count <= 15 else None
    if digits.startswith("00"):
        return True if 11 <= count <= 17 and COUNTRIES.match(digits[2:]) else None
    if digits.startswith("0"):
        return None if count > 12 or count < 8 else count >= (10 if text.isdigit() else 9)
    if US.fullmatch(text) or SPAIN.fullmatch(text):
        return True
    if re.fullmatch(r"\d{3}-\d{4}", text):
        return text.startswith("555")
    return False if 7 <= count <= 13 and not _is_date(text) else None


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}", text) is not None


PHONE_END = (
    r"(?:,? ?(?:ext\.?|x|Ext\.?|Durchwahl|poste) ?\d{1,5})?(?![A-Za-z0-9À-ɏ_%€$£]|[.,:]\d|[-/]\d)"
)
BEFORE_PHONE = r"(?<![A-Za-z0-9À-ɏ_.,/+-])(?<!\d )"
PHONE = rf"{BEFORE_PHONE}(?:\d{{2,12}}|1(?={SEP}|\()){GROUPS}{{0,7}}{PHONE_END}"
PHONES = [
    rule("PHONE", PHONE, _phone, (1,), r"[-. ][(2-9]"),
    rule("PHONE", PHONE, _phone, range(2, 7), r"[ ./–ー-][\d(./–-]|[()]"),
    rule("PHONE", PHONE, _phone, range(7, 13)),
    rule(
        "PHONE",
        rf"{BEFORE_PHONE}(?:[+] ?[1-9]\d{{0,14}}|[+]?\(\d{{1,5}}\)){GROUPS}{{0,7}}{PHONE_END}",
        _phone,
        range(1, 16),
        "",
        r"[+(]\Z|[+] \Z",
        (2, 1),
    ),
]

# --- order, ticket, customer, booking, tracking and card numbers -----------------------------------

KINDS = frozenset(
    """order orders ticket customer booking reservation confirmation tracking invoice reference ref case account
    acct member membership card policy contract claim shipment parcel package receipt barcode patron borrower
    client request incident rma pnr locator transaction delivery purchase loyalty subscriber registration enquiry
    inquiry complaint consignment waybill user hold
    bestellung auftrag ticket kunde kunden buchung reservierung sendung paket rechnung vorgang aktenzeichen
    mitglied ausweis bibliotheksausweis leserausweis büchereiausweis vertrag referenz fall konto anfrage
    kundenkonto vormerkung bestell kundennr bestellnr auftragsnr rechnungsnr ticketnr buchungsnr vorgangsnr
    sendungsnr mitgliedsnr vertragsnr kartennr ausweisnr buchungscode reservierungscode sendungsverfolgung
    commande billet client cliente réservation suivi colis facture dossier référence adhérent adhérente abonné
    abonnée abonnement contrat carte compte ticket lecteur lectrice usager envoi livraison sinistre
    pedido reserva seguimiento envío factura referencia expediente carné carnet tarjeta socio socia localizador
    contrato caso cuenta billete entrada incidencia paquete compra lector usuario abonado
    protocolo reclamação encomenda rastreio""".split()
)
NUMBER_WORDS = frozenset(
    "number numbers no nr num n id ids code codes nummer numéro numero número nº № # : = ° º no. kennung".split()
)
LINKS = frozenset(
    """is was are the it s its ist lautet war die der das mit with by of for under est es era fue le la el avec con
    de du del l d mein meine my mon ma mi your ihre and und y et reads says so here hier voici aquí e""".split()
) - {"for"}
COMPOUND = re.compile(
    r"(?:bestell|auftrags?|kunden|buchungs?|reservierungs?|sendungs?|sendungsverfolgungs|paket|rechnungs?|vorgangs"
    r"|mitglieds?|ausweis|bibliotheksausweis|leser|karten|kundenkarten|vertrags|tracking|referenz|fall|ticket|konto"
    r"|bestätigungs|versicherungs|policen|benutzer|anfrage|fahrschein|schadens?|bearbeitungs|transaktions|beleg)"
    r"(?:nummer|nr|code|id|kennung)",
)
JAPANESE = re.compile(
    r"(?:注文|予約|会員|客様|顧客|追跡|合わせ|合せ|伝票|チケット|受付|整理|利用者|利用|カード|利用券|貸出券|確認|請求書?|ケース|荷物"
    r"|配送|契約|口座|登録|申込み?|管理|参照|受注|発注|取引|送り状|お届け|証券|案件)(?:番号|コード|ID|No\.?|ナンバー|№)"
    r"(?:は|が|：|:|、|「|＝|=|\s|です)*#?$"
)
WORDS_BACK = re.compile(r"[^\W\d_]+|[#:=№°º]|[^\w\s]")
REVERSED = re.compile(
    r"\s+(?:is|ist|est|es)\s+(?:my|the|our|your|meine?|unsere?|die|mon|ma|notre|le|la|mi|nuestro|el)"
    r"\s+(?:(?:number|numéro|número)\s+(?:of|de)\s+)?(\w+)",
    re.I,
)
COUNTED = re.compile(
    r"\s?(?:%|(?:units?|pieces?|copies|books?|items?|people|persons|pages?|points?|days?|stück|exemplare?|seiten"
    r"|bücher|pièces?|exemplaires?|livres?|pages|unidades|piezas|libros?|páginas|times|tickets?|orders|kg|km|miles?)\b)",
    re.I,
)
PUBLIC_PREFIX = re.compile(
    r"(?:ISO|DIN|EN|RFC|CVE|SHA|AES|IEC|IEEE|UTF|GMT|UTC|COVID|ANSI|ASTM|MIL|PEP|ISBN|ISSN|BS|NF|JIS|CP|WS|KB|GDPR"
    r"|HTTP|SARS|NCC|LP|US|EU|UK|DE|FR|ES|JP|BR)-",
    re.I,
)
OWN_SHAPE = re.compile(
    r"1Z[0-9A-Z]{16}|\d{3}-\d{7}-\d{7}|(?P<parcel>[A-Z]{2}\d{9}[A-Z]{2})"
    r"|(?:ORD|ORDER|INV|TKT|TCK|TICKET|REF|BKG?|BOOK|RES|RSV|CUST?|CASE|PO|SO|RMA|TRK|TRACK|INC|REQ|CRM|SUP|MEM|LIB|KD"
    r"|KDNR|RE|RG|BST|AUF|CMD|FAC|PED|RSV|LC|JJD|JD|TBA|GM|SR|TRX|PKG|SHP)(?:[-_/#]?[A-Z]{0,4}[-_/]?\d{3,}[A-Z]?(?:[-_/]?[A-Z0-9]+)*)"
    r"|[A-Z]{1,5}-\d{5,}(?:-[A-Z0-9]+)*",
)
TOKEN = (
    r"(?:\d{1,5}(?: \d{3,5}){1,5}|(?:[A-Za-z]{1,8}[-_/]?){0,3}\d[A-Za-z0-9]*(?:[-_/][A-Za-z0-9]+)*)"
)


def _number(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span("v")
    text = match["v"]
    digits = len(text) if text.isdigit() else sum(map(str.isdigit, text))
    if digits < 2 or COUNTED.match(match.string, end):
        return None
    shape = None if PUBLIC_PREFIX.match(text) else OWN_SHAPE.fullmatch(text)
    if shape and (not shape["parcel"] or checks.parcel(text)):
        return start, end
    if match["hash"] and text.isdigit() and digits >= 4 and not _colour(match):
        return start, end
    if not _named(before(match, 64, start), text, digits):
        after = REVERSED.match(match.string, end)
        if not (after and digits >= 4 and _kind(after[1].lower())):
            return None
    return start, end


def _colour(match: re.Match[str]) -> bool:
    """#336699 is a colour where something says so."""
    around = match.string[max(0, match.start() - 24) : match.end() + 12]
    return (
        len(match["v"]) == 6
        and re.search(r"colou?r|farbe|couleur|hex|css|色", around, re.I) is not None
    )


def _named(context: str, text: str, digits: int) -> bool:
    """The words before it say that this is somebody's number."""
    if JAPANESE.search(context):
        return digits >= 3
    explicit, allowed = False, 5
    words = WORDS_BACK.findall(context.lower())[::-1]
    for place, word in enumerate(words):
        if COMPOUND.fullmatch(word):
            return digits >= 3
        if word in KINDS:
            explicit = explicit or any(w in NUMBER_WORDS for w in words[place + 1 : place + 3])
            return _enough(text, digits, explicit) and not _card_like(
                word, words[place + 1 :], text
            )
        if word in NUMBER_WORDS:
            explicit = True
        elif word not in LINKS and word not in {
            ".",
            "'",
            "’",
            '"',
            "„",
            "“",
            "«",
            "`",
            "(",
            "-",
            "–",
            "*",
        }:
            return False
        allowed -= 1
        if not allowed:
            return False
    return False


def _kind(word: str) -> bool:
    return word in KINDS or COMPOUND.fullmatch(word) is not None


def _enough(text: str, digits: int, explicit: bool) -> bool:
    """After "order number" three digits do; after "order" alone it must look like no count of things."""
    if explicit:
        return digits >= 3 or (digits >= 2 and len(text) >= 5)
    return digits >= 5 or (digits >= 2 and len(text) >= 5 and text.upper() == text)


def _card_like(word: str, further: list[str], text: str) -> bool:
    """A payment card whose check digit is wrong is no library card."""
    owner = {
        "library",
        "member",
        "membership",
        "loyalty",
        "bibliothèque",
        "biblioteca",
        "lecteur",
        "socio",
    }
    is_card = word in {"card", "carte", "tarjeta"} and not owner & set(further[:4])
    return is_card and 13 <= sum(c.isdigit() for c in text) <= 19


def _letters(match: re.Match[str]) -> tuple[int, int] | None:
    """Booking codes may have no digit at all: XKJQPL."""
    context = before(match, 40)
    code = re.search(
        r"(?:(?:booking|confirmation|reservation|reference|record|ticket)\W+(?:code|reference|number|locator|no|id)"
        r"|pnr|buchungscode|buchungsnummer|reservierungscode|localizador|code de réservation|locator"
        r"|código de reserva|numéro de réservation|(?:予約|確認)(?:番号|コード))"
        r"\W{0,3}(?:(?:is|ist|lautet|est|es|は)\W{1,3})?\W?$|(?:予約|確認)(?:番号|コード)は$",
        context,
        re.I,
    )
    return match.span() if code else None


NUMBER = rule(
    "NUMBER",
    rf"(?<![A-Za-z0-9À-ɏ_.,+@€$£¥/-])(?P<hash>[#№])?(?P<v>{TOKEN})(?![A-Za-z0-9À-ɏ_@€$£¥%°]|[.,:]\d)",
    _number,
)
OF_A_CODE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/")


def number(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The number that the digits from `start` to `end` belong to, and where to go on."""
    first = start
    while first > 0 and start - first < 24 and text[first - 1] in OF_A_CODE:
        first -= 1
    first += len(text[first:start]) - len(text[first:start].lstrip("-_/"))
    if text[first - 1 : first] in ("#", "№"):
        first -= 1
    match = NUMBER.pattern.match(text, first)
    if match is None:
        return None, end
    found = _number(match)
    return (Span(*found, "NUMBER") if found else None), match.end() if found else end


LETTER_CODE_SAID = (
    "code Code reference Reference number Number locator PNR localizador Buchungscode Buchungsnummer réservation reserva"
    " Reservierungscode confirmation"
)
CODES = [
    rule(
        "NUMBER",
        r"(?<![A-Za-z0-9-])[A-Z]{6}(?![A-Za-z0-9-])",
        _letters,
        words=LETTER_CODE_SAID,
        gate=("番号", "コード"),
    )
]
