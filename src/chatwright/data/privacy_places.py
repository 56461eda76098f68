"""Rules for postal addresses, and for titles in the quotation marks of any locale.

An address is a street with a number, or a Japanese block, with whatever of flat, town and code
follows it. Of what stands in quotation marks only titles are values: speech, irony, and the labels
of buttons stay.
"""

from __future__ import annotations

import re

from chatwright.data.privacy_rules import before, rule

# --- addresses -----------------------------------------------------------------------------------

CAP = r"[A-ZÀ-ÖØ-Þ]"
NAME = rf"{CAP}[\w'’.-]*"
NOT_A_TOWN = (
    r"(?!(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Thanks|Thank|Please|But|And|I|We|My|The|It"
    r"|Is|Can|Could|Where|When|What|On|At|Or|So|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Danke|Bitte"
    r"|Merci|Gracias|Ich|Wir|Tel|Phone)\b)"
)
WORD = rf"(?:St\.|{CAP}[\w'’]+)"
TOWN = rf"{NOT_A_TOWN}{WORD}(?:[ -](?:(?:am|an der|im|bei|de|la|le|les|sur|en|del|upon|of|the)[ -])?{NOT_A_TOWN}{WORD}){{0,3}}"
US_STATE = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
    r"|Alabama|Arizona|California|Colorado|Connecticut|Florida|Georgia|Illinois|Massachusetts|Michigan|Minnesota|Nevada"
    r"|New York|New Jersey|Ohio|Oregon|Pennsylvania|Texas|Utah|Virginia|Vermont|Washington|Wisconsin)"
)
POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?![A-Za-z0-9])"
GAP = r"(?:,?\s*\n|,\s*|\s+)"
ENGLISH_TAIL = (
    rf"(?:{GAP}{TOWN}(?:{GAP}{TOWN})?{GAP}{POSTCODE}|{GAP}{POSTCODE}"
    rf"|{GAP}{TOWN},?\s+{US_STATE}\.?(?:\s+\d{{5}}(?:-\d{{4}})?)?(?![A-Za-z0-9])"
    rf"|{GAP}{TOWN},?\s+\d{{5}}(?:-\d{{4}})?(?!\d)|,\s{TOWN}(?=\s*(?:[.,;!?)\n]|$)))?"
)
STREET_EN = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way"
    r"|Parkway|Pkwy|Circle|Cir|Highway|Hwy|Close|Crescent|Cres|Gardens|Gdns|Grove|Mews|Row|Hill|Walk|Trail|Trl|Loop|Quay"
    r"|Broadway|Park|Green|Rise|View)"
)
FLAT = r"(?:Apt|Apartment|Suite|Ste|Unit|Flat|Room|Floor|#)\.?\s?#?\s?[A-Z0-9]{1,5}"
FLAT_BEFORE = re.compile(rf"(?<![A-Za-z0-9À-ɏ])(?:{FLAT}|{NAME} House), $")
ENGLISH = (
    rf"(?P<number>\d{{1,5}}(?:-\d{{1,5}})?[A-Za-z]?)\s+(?:[NSEW]\.?|North|South|East|West)?\s*"
    rf"(?P<street>(?:(?:{NAME}|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}?{STREET_EN})\b(?:\.(?=,|\s*{FLAT}))?"
    rf"(?:\s[NSEW]{{1,2}}\b)?(?:,?\s+{FLAT})?(?![\w'’])"
)
GERMAN_TAIL = rf"(?:(?:,\s*|\s+|\s*\n)(?:D-|DE-|A-|CH-)?\d{{4,5}}\s+{TOWN})"
HOUSE = r"\d{1,4}(?:\s?[a-zA-Z](?![\w.]))?(?:\s?[-–/]\s?\d{1,4}[a-z]?)?"
GERMAN_STREET = (
    rf"(?:(?:(?:Alte|Neue|Große|Kleine|Obere|Untere|Hohe|Sankt|St\.|Am|An der) )?{NAME}[ -](?:[Ss]traße|[Ss]trasse|[Ss]tr\.|Allee|Weg|Ring|Damm|Ufer|Platz|Gasse|Chaussee)"
    r"|[A-ZÄÖÜ][\wäöüß-]*?(?:straße|strasse|str\.|gasse|allee|weg|platz|damm|ufer|chaussee|ring|graben|steig|stieg|kai)"
    rf"|Straße des {NAME} {NAME}|Unter den {NAME})"
)
GERMAN_LOOSE = rf"(?:(?:Am|An der|An den|Im|In der|Zum|Zur|Auf dem|Auf der|Hinter der|Bei der|Alte|Alter)\s)?{NAME}(?:\s{NAME})?"
NO_STREET = re.compile(
    r"(?:(?:sitz|stell|steh|park|arbeits|spiel|camping|flug|sport|fenster|lese|studien|start)platz"
    r"|(?:heim|um|hin|rück|arbeits|schul|ausbildungs|rechts|liefer|beschwerde)weg|hering|frühling|ehering)$",
    re.I,
)
FRENCH = (
    r"\d{1,4}(?:\s?(?:bis|ter|quater|[A-D])\b)?,?\s+(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Bb]oul\.|[Pp]lace|[Ii]mpasse"
    r"|[Aa]llées?|[Cc]hemin|[Qq]uai|[Cc]ours|[Rr]oute|[Ss]quare|[Pp]assage|[Rr]uelle|[Ff]aubourg|[Ss]entier|[Vv]illa)"
    r"(?:\s(?:de la|de l['’]|de|du|des|d['’]|la|le|les|et|en|sous|sur|aux?))*[\s'’]?"
    rf"(?:(?<=[\s'’]){NAME}|\d{{1,2}})(?:[\s-](?:de la|de l['’]|du|des|de|et|la|le|{NAME}|\d{{4}}(?!\d)))*"
    rf"(?:,?\s+(?:F-)?\d{{5}}\s+{TOWN}(?:\s+[Cc]edex)?|,\s{TOWN}(?=\s*(?:[.,;!?)\n]|$)))?"
)
SPANISH = (
    r"(?:[Cc]alle|C/|[Cc]l\.|[Aa]venida|[Aa]vda\.?|[Aa]v\.|[Pp]laza|Pza\.|Pl\.|[Pp]aseo|P\.º|[Cc]amino|[Cc]arretera|[Rr]onda"
    rf"|[Tt]ravesía|[Gg]ran [Vv]ía|[Gg]lorieta|[Rr]ambla)\s?(?:(?:de la|de los|de las|del|de|la|el|los|las)\s)*(?:{NAME}|\d{{1,2}})?"
    rf"(?:\s(?:de la|de los|de las|del|de|la|y|e|{NAME}))*,?\s+(?:n[.º°]*\s?|núm\.?\s|número\s)?\d{{1,4}}(?![\d:€])"
    r"(?:\s?bis)?(?:,?\s+(?:piso\s)?\d{1,2}\s?\.?[ºª°](?:\s?\.?[A-Z](?![\w])|\s(?:izq|dcha|izquierda|derecha)\.?)?)?"
    rf"(?:,?\s+(?:CP\s)?\d{{5}}\s+{TOWN}|,\s{TOWN}(?=\s*(?:[.,;!?)\n]|$)))?"
)
BLOCK = r"\d{1,4}(?:\s?(?:丁目|番地?|号室?|[-－−‐ーの]|条|の)\s?\d{0,4})*(?:号室?|番地|丁目)?"
PREFECTURE = r"(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)"
JAPANESE = (
    rf"(?:〒\s?)?(?:\d{{3}}[-－−‐]\d{{4}}[\s、,]*)?(?:{PREFECTURE}|(?:(?<![一-龥])[一-龥]{{1,4}}市)(?=[一-龥ぁ-んァ-ヶ]+[区町村\d]|[^\s]{{1,12}}\d))"
    rf"\s?[一-龥ぁ-んァ-ヶ々ー]{{1,20}}?\s?{BLOCK}"
    r"(?:[\s、,]?[一-龥ァ-ヶーA-Za-z]{1,16}?(?:ビル|マンション|ハイツ|コーポ|荘|タワー|アパート|レジデンス|ハウス|メゾン)(?:\s?\d{1,4}(?:号室|階|F|号)?)?)?"
)
CODE_SAID = (
    r"(?:[Pp]ost ?code|[Pp]ostal code|[Zz][Ii][Pp](?: code)?|[Pp]ostleitzahl|PLZ|[Cc]ode postal|[Cc]ódigo postal|郵便番号)"
    rf"\s?(?:is|ist|est|es|は|:|：)?\s*(?P<v>{POSTCODE}|\d{{5}}(?:-\d{{4}})?(?!\d)|\d{{3}}-\d{{4}}(?!\d))"
)


STREET_BEFORE = re.compile(rf"(?<![A-Za-z0-9À-ɏ_-])(?P<street>{GERMAN_STREET}) ?$")
LOOSE_BEFORE = re.compile(rf"(?<![A-Za-z0-9À-ɏ_-])(?:{GERMAN_LOOSE})\s$")
STREET_ENDS = (
    "straße", "strasse", "str.", "allee", "weg", "ring", "damm", "ufer", "platz", "gasse", "chaussee", "graben", "steig",
    "stieg", "kai", "juni", "linden",
)  # fmt: skip


def _german(match: re.Match[str]) -> tuple[int, int] | None:
    """The street stands before the match, which begins with the number of the house."""
    start = match.start()
    near = match.string[max(0, start - 48) : start]
    found = STREET_BEFORE.search(near) if near.rstrip().lower().endswith(STREET_ENDS) else None
    if found and not NO_STREET.search(found["street"]):
        return start - len(near) + found.start(), match.end()
    if match["code"] and (found := LOOSE_BEFORE.search(near)):
        return start - len(near) + found.start(), match.end()
    return None


def _english(match: re.Match[str]) -> tuple[int, int] | None:
    """With the flat before it; not "9 St Peter"."""
    if match["street"].split()[0] in {"St", "Dr"}:
        return None
    near = before(match, 24)
    flat = FLAT_BEFORE.search(near) if near.endswith(", ") else None
    return match.start() - (len(near) - flat.start() if flat else 0), match.end()


LEFT = r"(?<![A-Za-z0-9À-ɏ_.,/€$£#-])"
SPANISH_WORDS = (
    "calle Calle Cl. avenida Avenida Avda avda Av. av. plaza Plaza Pza Pl. paseo Paseo P.º camino Camino Carretera carretera"
    " Ronda ronda Travesía travesía Vía vía Glorieta glorieta Rambla rambla"
)
ADDRESSES = [
    rule(
        "ADDRESS", LEFT + ENGLISH + ENGLISH_TAIL, _english, range(1, 6), r" [A-Z0-9]|-\d|[A-Za-z] "
    ),
    rule(
        "ADDRESS",
        rf"(?<![A-Za-zÀ-ɏ])P\.?\s?O\.?\s?Box\s\d{{1,6}}{ENGLISH_TAIL}|(?<![A-Za-zÀ-ɏ])Postfach\s\d[\d ]{{1,8}}\d{GERMAN_TAIL}",
        words="Box Postfach",
    ),
    rule(
        "ADDRESS",
        rf"(?<![A-Za-z0-9À-ɏ_,/-]){HOUSE}(?![\d:€%]|[.,]\d|\s?(?:Uhr|Euro|km|Minuten|Meter))(?P<code>{GERMAN_TAIL})?",
        _german,
        range(1, 5),
        lead=r"(?:ße|se|ee|eg|ng|mm|er|tz|en|au|ai|ni|ig) \Z|r\. ?\Z",
    ),
    rule(
        "ADDRESS",
        rf"(?<![A-Za-z0-9À-ɏ_,/-]){HOUSE}(?P<code>, ?(?:D-)?\d{{5}} {TOWN})",
        _german,
        range(1, 5),
        r" ?[a-zA-Z]?, ?[D\d]",
        r"[a-zß] \Z",
    ),
    rule(
        "ADDRESS",
        LEFT + FRENCH,
        runs=range(1, 5),
        then=r",? ?(?:[Rr]u|[Aa][vl]|[Bb][od]|[Pp][la]|[Ii]m|[Cc][ho]|[Qq]u|[Rr]o|[Ss][qe]|[Ff]a|[Vv]i|bi|te|qu|[A-D],? )",
    ),
    rule("ADDRESS", rf"(?<![A-Za-z0-9À-ɏ_]){SPANISH}", gate=("C/",), words=SPANISH_WORDS),
    rule("ADDRESS", JAPANESE, gate=("都", "道", "府", "県", "市")),
    rule("ADDRESS", r"〒 ?\d{3}-?\d{4}(?!\d)", gate=("〒",)),
    rule(
        "ADDRESS",
        CODE_SAID,
        gate=("郵便番号",),
        words="postcode Postcode code Code zip Zip ZIP Postleitzahl PLZ postal",
    ),
]

# --- titles --------------------------------------------------------------------------------------

MARKS = "“„«»「『‘‚‹\"'"
QUOTED = (
    rf"[{MARKS}](?:(?<=“)(?P<a>[^“”\n\u0000]{{1,90}})”|(?<=„)(?P<b>[^„“”\n\u0000]{{1,90}})[“”]"
    r"|(?<=«)\s?(?P<c>[^«»\n\u0000]{1,90}?)\s?»|(?<=»)(?P<d>[^«»\n\u0000]{1,90})«|(?<=「)(?P<e>[^「」\n\u0000]{1,60})」"
    r"|(?<=『)(?P<f>[^『』\n\u0000]{1,60})』|(?<=‘)(?P<g>[^‘’\n\u0000]{1,90}(?:’[a-z][^‘’\n\u0000]{0,60})?)’(?![A-Za-z])"
    r"|(?<=‚)(?P<h>[^‚‘’\n\u0000]{1,90})[‘’]|(?<=‹)\s?(?P<i>[^‹›\n\u0000]{1,90}?)\s?›"
    r"|(?<=\")(?<![\w\"]\")(?P<j>[^\"\n\u0000]{1,90})\"(?!\w)"
    r"|(?<=')(?<![\w']')(?P<k>[^'\n\u0000]{1,60}(?:(?<=\w)'(?=[a-z])[^'\n\u0000]{1,60})?)'(?!\w))"
)
WORK = (
    r"(?:do|did|have) you (?:have|got|read|seen|know)|haben sie|habt ihr|gibt es|avez-vous|connaissez-vous|tienen|tiene|conoce|"
    r"books?|novels?|films?|movies?|songs?|albums?|series|shows?|articles?|poems?|titles?|titled|entitled|called|play|musical"
    r"|audiobooks?|e-?books?|dvds?|cds?|magazine|comics?|manga|documentary|podcast|opera|episode|story|read|reading|reread"
    r"|borrow(?:ed|ing)?|watch(?:ed|ing)?|listen(?:ed|ing)? to|copy of|copies of|renew|reserve|hold on|author of|wrote|return"
    r"|returned|seen|finished|volume|by the name of|loan of|due date (?:for|of)|order(?:ed)?"
    r"|buchs?|bücher|romans?|filme?s?|titels?|lied|serie|heißt|namens|hörbuch|zeitschrift|lesen|gelesen|ausleihen|ausgeliehen"
    r"|geliehen|krimi|gedicht|stück|oper|verlängern|vormerken|zurückgeben|exemplar(?: von)?|band|comic|buch|doku"
    r"|livres?|romans?|titres?|intitulée?|chanson|série|pièce|poème|bd|revue|lire|lu|emprunt(?:er|é)|rendre|prolonger"
    r"|exemplaire (?:de|du)|vu|s['’]appelle|album|libros?|novelas?|películas?|título|titulad[oa]|canción|cuento|poema|obra"
    r"|leer|leído|prestado|renovar|devolver|ejemplar de|visto|revista|disco|llamad[oa]|se llama"
)
WORK_BEFORE = re.compile(
    rf"(?:\b(?<!so-)(?:{WORK})\b|本|書籍|小説|映画|曲|作品|漫画|雑誌|絵本)[^.!?。\n]{{0,28}}$", re.I
)
WORK_AFTER = re.compile(
    r"^\s*,?\s?(?:\(?(?:by|von|de|par|del?)\s+[A-ZÀ-Þ]|\([12]\d{3}\)|\(?(?:the )?(?:book|novel|film|movie|album|song|DVD)\b"
    r"|is due|ist fällig|(?:noch )?(?:verlängern|vormerken|ausleihen|zurückgeben|lesen|leihen|da\b)|prolonger|renovar|devolver|を?(?:読|借|予約|延長|返|観|見た)|という(?:本|映画|小説|曲|作品|漫画)|の(?:本|続編|上巻|下巻|著者|作者|在庫))"
)
SPEECH_BEFORE = re.compile(
    r"(?:\b(?:said|says|say|saying|told|tells|asked|asks|replied|answered|shouted|thought|sagte?n?|sagt|fragte?|antwortete?"
    r"|meinte?|rief|schrieb|dit|a dit|demandé?|répond(?:u|it)?|crié|dijo|dice|preguntó|respondió|contestó|message|error|meldung"
    r"|fehlermeldung|erreur|mensaje|word|words|wort|mot|palabra|term|begriff|phrase|so-called|sogenannten?|soi-disant"
    r"|click(?:ed|ing)?|press(?:ed)?|tap|select|choose|button|menu|tab|field|option|page|link|section|category|folder|klick\w*"
    r"|auf|unter|schaltfläche|knopf|menü|reiter|feld|cliqu\w+|bouton|onglet|rubrique|pulsa\w*|clic en|botón|pestaña|sección"
    r"|in|under|means?|bedeutet|signifie|significa|type|typed?|write|enter|password|status|marked|labell?ed|shows|displays)"
    r"|ボタン|エラー|メッセージ)[\s,:(]*(?:the\s|me\s|us\s|him\s|her\s|that\s|den\s|die\s|das\s|der\s|le\s|la\s|el\s)?\s*$",
    re.I,
)
SAID = re.compile(
    r"\b(?:said|says|asked|told|replied|answered|sagte|fragte|antwortete|dit|demandé|dijo|preguntó)\b",
    re.I,
)
LABEL_AFTER = re.compile(
    r"^\s*(?:button|menu|tab|field|option|page|link|section|folder|icon|checkbox|status|error|message|key|knopf|schaltfläche"
    r"|と(?:言|書|表示|聞|答|出|い(?!う))|ボタン|って|キー|[,.]?\s?(?:he|she|they|I|we) (?:said|asked|says)|(?:said|sagte|fragte|dit|dijo)\b)",
    re.I,
)
SMALL = frozenset(
    "a an and as at but by for from in into of on or the to with vs der die das den dem des und von zu im am für mit ein eine"
    " le la les de du des et à au aux en un une sur dans el los las y del al una con por para e o".split()
)
ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def _title(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span(match.lastgroup or 0)
    text, inside = match.string[start:end], match.lastgroup
    if inside == "f":  # 『』 is what Japanese puts around titles, and little else
        return start, end
    lead = before(match, 48).rpartition("\u0000")[2]
    tail = match.string[match.end() : match.end() + 24]
    if not text.strip() or LABEL_AFTER.match(tail):
        return None
    work = WORK_BEFORE.search(lead) or WORK_AFTER.match(tail)
    speech = SPEECH_BEFORE.search(lead)
    if inside == "e" or ASIAN.search(text):
        return (start, end) if work and not speech and text[-1] not in "。！？!?" else None
    if not text[0].isupper() and not text[0].isdigit():
        return None
    if not work and SAID.search(lead):
        return None
    fits = (
        bool(work) and (not speech or not _sentence(text))
        if work
        else not speech and _title_case(text)
    )
    return (start, end) if fits and not _sentence(text, bool(work)) else None


def _title_case(text: str) -> bool:
    """Two words or more, all but the small ones with a capital."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    large = [word for word in words if word.lower() not in SMALL]
    return (
        len(words) >= 2
        and len(large) >= 1
        and all(word[0].isupper() for word in (words[0], *large))
    )


def _sentence(text: str, work: bool = False) -> bool:
    """Ends like speech; a work may end in ? or !."""
    return text.endswith((".", ",", ":", ";", "…")) or (text.endswith(("?", "!")) and not work)


TITLES = [
    rule("TITLE", QUOTED, _title, gate=(*'“„«»「『‘‚‹"', " '", "\n'", "('")),
]
