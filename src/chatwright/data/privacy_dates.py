"""Rules for calendar dates, clock times and amounts of money, in the spellings of six languages.

A weekday, a month or a year alone is none: they say little about a person, and much of what a bot
has to say. The patterns begin with a digit or a word, and a set of words decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chatwright.data import privacy_checks as checks
from chatwright.data.privacy_rules import VERSION_BEFORE, before, rule

# --- dates ---------------------------------------------------------------------------------------

MONTHS = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar jänner februar feber märz maerz mai juni juli oktober dezember jän mär mrz okt dez
    janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
    janv févr fév avr juil déc
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr dic
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro""".split()
)
# Months that are also words: "may", Mars bars, march. They need more than a small number beside them.
WORDS_TOO = frozenset({"may", "mar", "march", "mars", "jun", "sep", "dec", "jan"})
YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
END = r"(?![A-Za-z0-9À-ɏ_]|[:.,]\d|[-/]\d)"
COUNTED = re.compile(
    r"\s(?:of (?:us|them|you)|people|persons?|more|or|times|days?|weeks?|books?|items?|hours?|minutes|steps|miles|km"
    r"|years?|bars?|be|not|have|apply|need|rovers?|missions?)\b"
)
ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-?(?: )?(?:first|second|third|fourth"
    "|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty-?(?: )?first"
)
GERMAN_ORDINAL = (
    "(?:ersten|zweiten|dritten|vierten|fünften|sechsten|siebten|siebenten|achten|neunten|zehnten|elften|zwölften"
    "|\\w{3,8}zehnten|(?:\\w{3,6}und)?(?:zwanzigsten|dreißigsten))"
)
ENGLISH_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
GERMAN_MONTH = (
    "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)


MONTH_TAILS = "|".join(sorted({month[-2:] for month in MONTHS}))
MONTH_BEFORE = re.compile(r"(?<![A-Za-z0-9À-ɏ_-])([A-Za-zÀ-ɏ]{3,10})\.?,? (?:the |of |de |del )?$")


def _month_first(match: re.Match[str]) -> tuple[int, int] | None:
    """March 3rd, 2025; March 2025; Mar 3-5: the month stands before the match."""
    said = MONTH_BEFORE.search(match.string, max(0, match.start() - 16), match.start())
    if not said or said[1].lower() not in MONTHS:
        return None
    name = said[1]
    if match["day"] and not 1 <= int(match["day"]) <= 31:
        return None
    thin = match["day"] and not match["ordinal"] and not match["year"]
    if thin and name.lower() in WORDS_TOO and _counts(match, name):
        return None
    return said.start(1), match.end()


def _day_first(match: re.Match[str]) -> tuple[int, int] | None:
    """3. März 2025; 3 de marzo de 2025; 1er mars; 3rd of March; 3-5 March."""
    name, sure = match["month"], match["year"] or match["ordinal"] or match["of"]
    if name.lower() not in MONTHS or not 1 <= int(match["day"]) <= 31:
        return None
    if not sure and (name == "Mars" or _counts(match, name)):
        return None
    return match.span()


def _counts(match: re.Match[str], month: str) -> bool:
    """The number counts something: may 3 people come, 5 may be enough."""
    if COUNTED.match(match.string, match.end()):
        return True
    return month == "may" and not re.match(
        r"\s*(?:[.,;!?)\n]|$|at |um |to |until |from )", match.string[match.end() :]
    )


def _numeric(match: re.Match[str]) -> tuple[int, int] | None:
    if not checks.calendar_date(match[0]) or VERSION_BEFORE.search(before(match, 16)):
        return None
    return match.span()


def _day_month(match: re.Match[str]) -> tuple[int, int] | None:
    """12.03. and 3/14 without a year: only after a word that dates have before them."""
    start, end = match.span("v")
    a, b = (int(part) for part in re.findall(r"\d+", match["v"]))
    return (start, end) if checks.day(2024, b, a) or checks.day(2024, a, b) else None


def _after(words: str) -> Callable[[re.Match[str]], tuple[int, int] | None]:
    """Day and month without a year, where one of `words` stands before them."""
    pattern = re.compile(rf"(?<![A-Za-zÀ-ɏ])(?:{words}) $")

    def check(match: re.Match[str]) -> tuple[int, int] | None:
        said = pattern.search(match.string, max(0, match.start() - 14), match.start())
        return _day_month(match) if said else None

    return check


MONTH_HEADS = "(?:[Jj][aäu]|[Ff][eé]|[Mm][aä]|[Aa][pvbogu]|[Ss]e|[Oo][ckut]|[Nn]o|[Dd][eéi]|[Ee]n)"
DAY = r"(?P<day>\d{1,2})"
FREE = r"(?<![\w.,/:$€£-])"
GERMAN_BEFORE = "[Aa]m|[Vv]om|[Bb]is|[Zz]um|[Aa]b|[Ss]eit|[Dd]en|[Dd]em|[A-Z][a-z]{2,6}tag,?|Mittwoch,?|[Nn]ach|[Vv]or"
SLASH_BEFORE = (
    "[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Dd]ue|[Bb]efore|[Aa]fter|[Ff]rom|[Ll]e|[Aa]u|[Dd]u|[Ee]l|[Aa]l|[Dd]el|[Bb]orn"
    "|[A-Z][a-z]{2,5}day,?|till|for"
)
ERA = r"(?:\d{4}|(?:令和|平成|昭和) ?(?:\d{1,2}|元))"
DATES = [
    rule(
        "DATE",
        rf"{FREE}(?:{DAY}(?P<ordinal>st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?)?(?P<year>,?\s{YEAR})?"
        rf"|(?:19|20)\d\d){END}",
        _month_first,
        (1, 2, 4),
        r"[^A-Za-z:%]|[snrt]",
        rf"(?:{MONTH_TAILS}|the|of|de|del)\.?,? \Z",
    ),
    rule(
        "DATE",
        rf"(?<![A-Za-z0-9À-ɏ_./,:€$£-])(?:\d{{1,2}}\.?\s?[-–]\s?)?{DAY}(?P<ordinal>st|nd|rd|th|er|re|\.|º|ª|°)?"
        rf"[\s-]?(?:day )?(?P<of>of\s|de\s)?(?P<month>[A-Za-zÀ-ɏ]{{3,10}})\.?"
        rf"(?P<year>,?[\s-](?:de\s|del\s|of\s)?{YEAR}|-\d\d)?{END}",
        lambda match: _undotted(_day_first(match), match),
        (1, 2),
        rf"(?:\.? ?[-–] ?\d|[ .-] ?(?:of|de|{MONTH_HEADS})|st|nd|rd|th|er|re|[ºª°])",
    ),
    rule(
        "DATE",
        rf"{FREE}(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}(/)\d{{1,2}}\2(?:\d{{4}}|\d\d)"
        r"|\d\d([-–])\d\d\3(?:\d{4}|\d\d)|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\. ?\d{1,2}\. ?\d{4}|\d{1,2}\.\d{1,2}\.\d\d)"
        r"(?![A-SU-Za-z0-9_]|T(?!\d)|[-/.,:–]\d|%)",
        _numeric,
        (1, 2, 4),
        r"[-/.–]\d|\. ",
    ),
    rule(
        "DATE",
        rf"{FREE}(?P<v>\d{{1,2}}\.\s?\d{{1,2}}\.(?!\s*(?:\Z|\n)))(?!\d)",
        _after(GERMAN_BEFORE),
        (1, 2),
        r"\.[\d ]",
    ),
    rule(
        "DATE",
        rf"{FREE}(?P<v>\d{{1,2}}\.\d{{1,2}})(?=\.\s*(?:\Z|\n))",
        _after(GERMAN_BEFORE),
        (1, 2),
        r"\.[\d ]",
    ),
    rule(
        "DATE",
        rf"{FREE}(?P<v>\d{{1,2}}/\d{{1,2}})(?![A-Za-z0-9_]|[-/.,:]\d|\s?(?:of|cup|inch|mile))",
        _after(SLASH_BEFORE),
        (1, 2),
        r"/\d",
    ),
    rule(
        "DATE", r"(?<![\w.,/:-])(?:0?[1-9]|1[0-2])/20\d\d(?![\w/]|[-.,]\d)", runs=(1, 2), then="/2"
    ),
    rule(
        "DATE",
        rf"(?:{ERA} ?年 ?)?(?<!\d)\d{{1,2}} ?月 ?\d{{1,2}} ?日(?!間)|{ERA} ?年 ?\d{{1,2}}月(?!\d|号|間)",
        runs=(1, 2, 4),
        then=" ?[年月]",
        back=(2, 3, 0),
    ),
    rule("DATE", r"(?:令和|平成|昭和)元年 ?\d{1,2}月 ?\d{1,2}日", gate=("元年",)),
]
SPELLED_DATES = rule(
    "DATE",
    rf"\b(?:{ORDINAL})\s(?:of\s|day of\s)?{ENGLISH_MONTH}\b(?:,?\s{YEAR})?"
    rf"|\b{ENGLISH_MONTH}\s(?:the\s)?(?:{ORDINAL})\b(?:,?\s{YEAR})?|\b{GERMAN_ORDINAL}\s{GERMAN_MONTH}\b(?:\s{YEAR})?"
    rf"|\b(?:premier|uno|primero de)\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    rf"|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b(?:\s{YEAR})?",
    words=f"{ORDINAL.replace('|', ' ')} premier primero ersten zweiten dritten vierten fünften sechsten siebten achten neunten"
    " zehnten elften zwölften dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten"
    " einundzwanzigsten vierundzwanzigsten fünfundzwanzigsten dreißigsten einunddreißigsten",
)


def _undotted(span: tuple[int, int] | None, match: re.Match[str]) -> tuple[int, int] | None:
    """Without the full stop of a sentence; that of an abbreviation stays."""
    if span and match.string[span[1] - 1] == "." and len(match["month"]) > 4:
        return span[0], span[1] - 1
    return span


# --- clock times ---------------------------------------------------------------------------------

NOT_A_TIME = frozenset(
    """john psalm psalms matthew luke genesis romans exodus acts corinthians isaiah proverbs kings mose johannes lukas matthäus
    psaume jean juan mateo lucas won win lost score scored beat tie tied final endstand ergebnis gewonnen verloren ratio aspect
    verhältnis format verse vers surah sure marcador résultat gagné victory sieg 比""".split()
)


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    """10:30, with or without am, Uhr or h: no score, ratio or verse."""
    if not match["half"]:
        near = before(match, 22).lower().split()[-3:]
        near += match.string[match.end() : match.end() + 14].lower().split()[:1]
        if not NOT_A_TIME.isdisjoint(near):
            return None
    return match.span()


GERMAN_AM = re.compile(
    r"\s(?:\d|Mon|Diens|Mitt|Donn|Frei|Sams|Sonn|Tisch|Abend|Morgen|Tag|Stück|Ende)"
)


def _halves(match: re.Match[str]) -> tuple[int, int] | None:
    """5 pm, 5-6 p.m.; not the German "am" and not 13 pm."""
    if not 1 <= int(match["hour"]) <= 12:
        return None
    german = match[0].endswith("am") and GERMAN_AM.match(match.string, match.end())
    return None if german else match.span()


HOUR_BEFORE = re.compile(
    r"(?:(?<![A-Za-zÀ-ɏ])(?:[àÀ]|[Dd]ès|[Vv]ers|jusqu['’]à|[Aa]vant|[Ee]ntre|[Ll]as?|[Aa]près) |\d ?h (?:et|à) )$"
)
A_LAS = re.compile(r"(?<![A-Za-zÀ-ɏ])(?:[Aa] las?|sobre las|hasta las|desde las) $")


def _behind(pattern: re.Pattern[str]) -> Callable[[re.Match[str]], tuple[int, int] | None]:
    def check(match: re.Match[str]) -> tuple[int, int] | None:
        return (
            match.span()
            if pattern.search(match.string, max(0, match.start() - 12), match.start())
            else None
        )

    return check


HOUR = r"(?:[01]?\d|2[0-4])"
HALF = r"(?:[AaPp]\.\s?[Mm]\.?|[AaPp][Mm](?![A-Za-z]))"
TAIL = (
    rf"{HOUR}:[0-5]\d(?::[0-5]\d)?(?:\.\d{{1,6}})?(?P<half>\s?(?:{HALF}|Uhr|Z(?!\w)|h(?!\w)|hrs(?!\w))|\sde la (?:mañana|tarde|noche|madrugada))?"
    r"(?![A-Za-z0-9_:]|[.,]\d|%)"
)
DAYTIME = r"(?:\s(?:du matin|du soir|de l['’]après-midi|de la (?:mañana|tarde|noche)))?"
TIMES = [
    rule("TIME", rf"(?<![A-Za-z0-9_:/.]){TAIL}", _clock, (1, 2), r":\d"),
    rule("TIME", rf"(?<=\dT){TAIL}", _clock, (1, 2), r":\d", r"\dT\Z"),
    rule(
        "TIME",
        rf"(?<![A-Za-z0-9_:/.,$€£])(?:(?:[1-9]|1[0-2])\s?[-–]\s?)?(?P<hour>\d{{1,2}})(?:\.[0-5]\d)?\s?{HALF}(?![A-Za-z0-9])",
        _halves,
        (1, 2),
        r" ?[aApP]\.? ?[mM]| ?[–-]|\.\d",
    ),
    rule(
        "TIME",
        rf"(?<![A-Za-z0-9_:/.,$€£])(?:{HOUR}\s?[-–]\s?)?{HOUR}(?:[.:][0-5]\d)?\s?Uhr(?:\s[0-5]\d(?![\d.,:€]|\s?\w))?(?!\w)",
        runs=(1, 2),
        then=r" ?Uh| ?[–-]|\.\d",
    ),
    rule(
        "TIME",
        rf"(?<![A-Za-z0-9_:/.,]){HOUR}\s?[hH]\s?[0-5]\d(?:\smin)?(?![A-Za-z0-9])",
        runs=(1, 2),
        then=" ?[hH]",
    ),
    rule(
        "TIME",
        rf"{HOUR}\s?(?:h|heures|horas){DAYTIME}(?![A-Za-z0-9/])",
        _behind(HOUR_BEFORE),
        (1, 2),
        " ?h",
    ),
    rule(
        "TIME",
        r"(?<![A-Za-z0-9_:/.,])(?:[1-9]|1[0-2])\s(?:o['’]?\s?clock(?:\s[ap]\.?m\b\.?)?"
        r"|(?:y media |y cuarto |menos cuarto )?de la (?:mañana|tarde|noche|madrugada))",
        runs=(1, 2),
        then=r" (?:o['’]?c?|de|y|me)",
    ),
    rule(
        "TIME",
        rf"{HOUR}(?:\sy (?:media|cuarto)|\smenos cuarto)?(?![A-Za-z0-9_]|[:.,]\d|\s?h|\s(?:de la|personas|\d))",
        _behind(A_LAS),
        (1, 2),
        lead=r"[sa] \Z",
    ),
    rule(
        "TIME",
        r"(?:午前|午後) ?\d{1,2}時(?:\d{1,2}分|半)?|(?<![\d:])\d{1,2} ?時(?!間|代|点|期|給|速|刻)(?: ?\d{1,2} ?分|半)?",
        runs=(1, 2),
        then=" ?時",
        back=(2, 3, 0),
    ),
    rule(
        "TIME",
        r"(?:午前|午後) ?\d{1,2}:\d\d",
        runs=(1, 2),
        then=":",
        lead=r"[前後] ?\Z",
        back=(2, 3),
    ),
]
NUMERAL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eins|zwei|drei|vier|fünf|sechs|sieben|acht"
    "|neun|zehn|elf|zwölf"
)
SPELLED_TIMES = rule(
    "TIME",
    rf"\b(?:half past|(?:a )?quarter (?:past|to)|[Hh]alb|(?:[Dd]rei)?[Vv]iertel (?:vor|nach)) (?:\d{{1,2}}|{NUMERAL})"
    rf"(?:\s?{HALF})?(?![A-Za-z0-9]|[.,:]\d)|\b(?:{NUMERAL}) o['’]clock\b",
    words="o'clock o’clock half Half quarter Quarter halb Halb viertel Viertel Dreiviertel dreiviertel",
)

# --- money ---------------------------------------------------------------------------------------

SUM = r"(?:\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)|\d+)(?:[.,]\d{1,2}(?!\d)|[.,][-–—]{1,2})?"
CODE = (
    "(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|BRL|MXN|INR|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|KRW|SGD|HKD|ZAR|TRY|ARS|CLP|COP"
    "|eur|usd|gbp|chf)"
)
SYMBOL = r"(?:(?:US|AU|CA|NZ|HK|MX|[ACSR])?\$|€|£|¥|￥|₹|₩|₽|₺|₪|₫|฿|＄|¢)"
SCALE = (
    r"(?:\s?(?:[kK]|[mM]|bn|mn|[Mm]io\.?|[Mm]rd\.?|[Tt]sd\.?|Millionen|Million|Milliarden|Tausend|million|billion|thousand"
    r"|hundred|millions?(?: d['’])?|milliers? d['’]|milliards? d['’]|mil|millones(?: de)?|万|億|千)(?![A-Za-zÀ-ɏ]))?"
)
MONEY = (
    r"(?:[Ee]uros?|EUROS?|[Dd]ollars?|[Bb]ucks|[Qq]uid|[Pp]ounds?(?: [Ss]terling)?|[Pp]ence|[Cc]ents?|[Cc]entimes?|[Cc]éntimos?"
    r"|[Yy]en|[Yy]uan|[Ff]ranken|[Ff]rancs?(?: suisses)?|[Rr]appen|[Pp]esos|[Rr]eais|[Rr]upees|[Kk]ronen|[Kk]roner|[Zz]łoty"
    r"|libras esterlinas|livres sterling|dólares|TL|zł|kr)"
)
NO_CUT = r"(?![A-Za-z0-9À-ɏ_])"
WEIGHT_AFTER = re.compile(r"\s(?:of|overweight|heavier|lighter|weight|per square)\b")
WEIGHT_BEFORE = re.compile(
    r"\b(?:lost|gained?|weigh\w*|lose|losing|lift\w*|baby|heavy)\b[^\d\n]{0,14}$", re.I
)


def _money(match: re.Match[str]) -> tuple[int, int] | None:
    """An amount and its currency; pounds of flour are none, and "12,- €." ends before its stop."""
    if re.search(r"[Pp]ounds?$", match[0]) and (
        WEIGHT_AFTER.match(match.string, match.end()) or WEIGHT_BEFORE.search(before(match, 30))
    ):
        return None
    return match.span()


CURRENCY_BEFORE = re.compile(rf"(?:{SYMBOL}|(?<![A-Za-z0-9])(?:{CODE}|Fr\.|Rs\.?|SFr\.?)) ?$")


def _with_currency(match: re.Match[str]) -> tuple[int, int] | None:
    """$5, EUR 3,50: the currency stands before the match."""
    said = CURRENCY_BEFORE.search(match.string, max(0, match.start() - 6), match.start())
    return (said.start(), match.end()) if said else None


AMOUNTS = [
    rule(
        "AMOUNT",
        rf"{SUM}(?:\s?[-–]\s?{SYMBOL}?{SUM})?{SCALE}(?![0-9]|[A-Za-z](?![A-Za-z]))",
        _with_currency,
        range(1, 10),
        "",
        rf"(?:{SYMBOL}|{CODE}|Fr\.|Rs\.?) ?\Z",
    ),
    rule(
        "AMOUNT",
        rf"(?<![A-Za-z0-9À-ɏ_.,:/#-])(?:{SUM}\s?[-–]\s?)?{SUM}{SCALE}[ -]?"
        rf"(?:{SYMBOL}(?!\d)|€\d\d(?!\d)|円|元|ユーロ|ドル|ポンド|(?:{CODE}|{MONEY}){NO_CUT})(?:\d\d(?!\d))?",
        _money,
        range(1, 10),
        rf" ?(?:{SYMBOL}|[円元ユドポ万億千]|[A-Z][A-Z]|[Ee]ur?|[Dd][oó]|[Bb]u|qu|[Pp][oe]|[Cc][eé]|[Yy][eu]|[Ff]r|[Rr][aeu]|[Kk]r|z[lł]"
        r"|eu|us|gb|ch|[kKmM](?![a-z])|[mMbTt][ihdrns]|li)|[.,'’ ]\d|[.,][–-]| ?[–-]",
    ),
    rule("AMOUNT", r"(?<![A-Za-z0-9_.,:/#-])\d{1,2}p(?![A-Za-z0-9_])", runs=(1, 2), then="p"),
]
COUNT_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
    "|ein(?:en)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\\w{0,12}(?:zehn|zig|ßig|hundert|tausend)"
    "|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent|cents|mille"
    "|dos|tres|cuatro|cinco|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|sesenta|setenta"
    "|ochenta|noventa|cien|ciento|mil)"
)
SPELLED_AMOUNTS = rule(
    "AMOUNT",
    rf"(?i:(?<![A-Za-zÀ-ɏ-])(?:{COUNT_WORD}(?:[ -](?:and |und |et |y )?)){{1,5}}"
    r"(?:euros?|dollars?|pounds sterling|dólares|cents|yen|bucks|quid)(?![A-Za-z]))",
    words="euro euros Euro Euros dollar dollars Dollar Dollars sterling dólares cents Cents yen Yen bucks quid",
)
