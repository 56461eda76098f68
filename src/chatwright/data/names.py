"""Names of persons by rules: introductions, salutations and titles in six languages, and given names.

Compact and careful, not complete: a name in the middle of a sentence is found when its given name is
on the list and is no everyday word, month or town. `presidio` has the detector for those who need more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatwright.data.privacy_rules import Span

# Given names that are hardly ever anything else. Left out on purpose: May, Mark, Will, Rose, Paris,
# Grace, Hope, Jordan, Austin, Florence, Sydney, Victoria, Art, Bill, Frank, Jack, Rob, Sue, Pat, Max ...
GIVEN = frozenset(
    """Aaron Abigail Adam Adrian Agnes Aisha Alan Albert Alejandra Alejandro Alessandro Alexander Alexandra Alfred Alice Alicia
    Alison Amanda Amelia Amélie Amir Ana Anders Andrea Andreas Andrew Andrés Angela Anja Anke Anna Anne Annette Antje Antoine
    Anton Antonio Ariane Arthur Astrid Ayşe Aylin Barbara Beatrice Beatriz Benedikt Benjamin Benoît Bernadette Bernd Bernhard
    Bettina Birgit Björn Brenda Brian Bruno Camille Carla Carlos Caroline Catherine Cecilia Céline Chantal Charles
    Chiara Christina Christine Christoph Christophe Christopher Claire Clara Claudia Claudio Clément Conrad
    Cristina Cynthia Daniel Daniela Danielle David Deborah Delphine Denise Dennis Diego Dieter Dietmar Dimitri Dmitri Dominik
    Dominique Donna Dora Doris Dorothea Edith Edward Eduardo Eileen Elena Eleanor Elias Elif Elisa Elisabeth Elizabeth Elke Élodie
    Emil Emilia Emily Emma Emmanuel Enrique Erik Erika Ernesto Esther Ethan Eugenia Eva Evelyn Fabian Fabien Fatima Federico Felipe
    Felix Fernanda Fernando Finn Fiona Florian Francesca Francesco Francisco François Françoise Franziska Frederik Friedrich Fritz
    Gabriel Gabriela Gabriele Geoffrey Gerald Gerd Gerhard Gianni Gisela Giulia Giuseppe Gonzalo Gordon Greta Guillaume
    Guillermo Gustavo Günter Günther Hannah Hannes Hans Harald Hassan Hector Heidi Heike Heiko Heinrich Heinz Helen Helena
    Helga Hélène Henrik Henry Hermann Hiroshi Holger Horst Hugo Ian Ibrahim Ignacio Ilse Inés Inge Ingo Ingrid Irene Isabel
    Isabella Isabelle Ivan Jacob Jacqueline Jakob James Jana Janet Janina Javier Jean Jeffrey Jennifer Jens Jeremy Jérôme
    Jessica Joachim Joanna Jochen Johann Johanna Johannes John Jonas Jonathan Jorge Joseph Josef José Joshua Juan Judith Julia
    Julian Juliane Julie Julien Juliette Jürgen Justine Jörg Karin Karina Karl Karsten Katharina Katherine Kathleen Kathrin
    Katja Katrin Kenji Kenneth Kerstin Kevin Kirsten Klara Klaus Konrad Kristin Kurt Lara Larissa Laura Laurence Laurent Leila Lena
    Leo Leon Leonard Leonie Lisa Lorenzo Lothar Louise Lucas Lucía Ludwig Luis Luisa Luise Lukas Lydia Magdalena Malik Manfred
    Manuel Manuela Marc Marcel Marco Marcos Marcus Margaret Margarita Maria María Marianne Marie Mario Marion Markus Marta
    Martha Martin Martina Mary Mathias Mathieu Matthew Matthias Maurice Mehmet Melanie Mélanie Melissa Michael Michaela Michel
    Michelle Miguel Mila Milo Miriam Mohamed Mohammed Monica Monika Monique Moritz Mustafa Nadia Nadine Nancy Natalia Natalie
    Nathalie Nathan Nicholas Nicolas Nicole Niklas Nils Nina Noah Nora Norbert Olaf Oliver Olivia Olivier Pablo Pamela
    Pascal Patricia Patrick Patrik Paul Paula Pauline Pedro Peter Petra Philip Philipp Philippe Pierre Priya Rachel Rafael Rainer
    Raj Ralf Ramón Raphaël Raúl Rebecca Reinhard Renate Richard Ricardo Rita Robert Roberto Rodrigo Roger Roland Rolf
    Ruth Sabine Sabrina Samantha Samuel Sandra Sandrine Sara Sarah Sebastian Sébastien Sergio Silke Silvia Simon Simone Sofia
    Sofía Sonja Sophia Sophie Stefan Stefanie Stephan Stephanie Stéphane Stephen Steven Stuart Susan Susana Susanne Sven Svenja
    Sylvia Sylvie Takashi Tamara Tanja Tatjana Teresa Theodor Theresa Thérèse Thierry Thomas Thorsten Tim Timothy Tobias Tom Torsten
    Ulrich Ulrike Ursula Ute Uwe Valentina Valérie Vanessa Verena Véronique Veronika Vincent Walter Werner Wilhelm William
    Wolfgang Xavier Yasmin Yolanda Yuki Yusuf Yvonne Zoe Zoé Álvaro Ángel Óscar Özlem Émilie Étienne Anaïs Chloé Léa Manon
    Théo Inès Maxime Baptiste Quentin Rémi Aurélie João Thiago Gonçalo Priscila Haruto Yui Akira""".split()
)
FAMILY = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|斉藤|清水|山崎|池田|橋本|阿部|石川|山下"
    "|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|三浦|中野|中川|原田|松田|竹内"
    "|小野|田村|中山|和田|石田|森田|上田|原|内田|柴田|酒井|宮崎|横山|高木|安藤|宮本|大野|小島|谷口|今井|工藤|高田|増田|丸山|杉山|村田"
    "|大塚|新井|小山|平野|河野|藤本|武田|野口|松井|千葉|岩崎|菅原|木下|久保|佐野|野村|松尾|菊地|菊池|杉本|市川|古川|大西|島田|水野|桜井"
    "|高野|渡部|吉川|山内|西田|西川|飯田|北村|安田|川口|五十嵐|本田|平田|川崎|東|関|林|森|星野"
)
# Words with a capital that follow a salutation or an introduction and are no names.
NOT_NAMES = frozenset(
    """There All Team Everyone Everybody Sir Sirs Madam Customer Support Service Library Friend Friends Guest Reader Colleague
    Colleagues Folks Guys World Again Bot Assistant Help Hello Hi Hey Good Thanks Thank The This That A An I My Mr Mrs Ms
    German English French Spanish Japanese American British Italian Indian Canadian Chinese European Mexican Brazilian
    Sorry Happy Looking Trying New Not Just Also Still Here Calling Writing Interested Sure Afraid Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday January February March April May June July August September October November December Today
    Tomorrow Yes No Ok Okay Please Can Could Do Does Did Is Are Was What When Where Why How Who Which If In On At To For From
    Damen Herren Herr Frau Kunde Kundin Kunden Leute Freunde Zusammen Alle Kollegen Kolleginnen Team Gäste Leser Gott Hotel Ihr
    Ihre Ihren Sie Wir Ich Es Der Die Das Ein Eine Mein Meine Nein Ja Bitte Danke Guten Und Oder Aber Wann Wie Was Wo Können
    Monsieur Madame Messieurs Mesdames Client Clients Cliente Équipe Tous Toutes Service Bonjour Merci Oui Non Je Vous Nous Le La Les
    Un Une Est Cher Chère Français Allemand Équipe Señor Señora Señores Señoras Equipo Todos Todas Buenos Buenas Hola Gracias Sí
    Soy El Los Las Un Una Qué Cómo Cuándo Dónde Puedo Quiero Español Amigo Amiga Estimado Alexa Siri Google Internet Street Road
    Dad Mom Mum Mama Papa Doctor Professor Judge Santa Claus Right Wrong Potato Universe President Manager""".split()
)
LETTERS = r"[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿāčćšžłńğışőű]+|['’][A-Z][a-zß-öø-ÿ]+)(?:[-'’][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)*"
PARTICLE = r"(?:(?:de la|de los|de|del|della|di|da|dos|van der|van den|van de|van|von der|von und zu|von|zu|der|le|la|bin|ben|al|el|ter) |O['’]|Mc|Mac|D['’])"
FULL = rf"{LETTERS}(?: [A-Z]\.)?(?: {PARTICLE}?{LETTERS}){{0,3}}"
END = r"(?![\w])"
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam herr herrn frau fr hr m mme mlle monsieur madame mademoiselle sr sra srta señor"
    " señora señorita don doña d dña dra senhor senhora".split()
)
# Titles that are words or letters as well: a given name of the list has to follow.
THIN_TITLES = frozenset("m d fr hr sir madam don miss".split())
# In small letters, with the space before: what a name follows. After the weak ones a noun may come as
# well ("Ich bin Lehrer"), so there the list of given names decides, or a family name in English.
STRONG = tuple(
    f" {cue}"
    for cue in (
        "my name is", "my name's", "my name’s", "the name is", "his name is", "her name is", "last name is", "first name is",
        "full name is", "name", "call me", "i'm called", "i am called", "ich heiße", "ich heisse", "name ist", "name lautet",
        "hier spricht", "je m'appelle", "je m’appelle", "nom est", "prénom est", "nom", "me llamo", "nombre es", "nombre", "me chamo",
        "nome é", "under the name", "under the name of", "in the name of", "auf den namen", "au nom de", "a nombre de", "signed",
        "gezeichnet", "attn", "z. hd",
    )
)  # fmt: skip
WITH_COLON = (" name", " nom", " nombre", " signed")  # these alone need one
ENGLISH = (" i'm", " i’m", " i am", " this is", " it's", " it’s")
OWN = tuple(
    f" my {who}"
    for who in "son daughter wife husband sister brother mother father colleague friend boss partner".split()
)
WEAK = (
    " ich bin", " hier ist", " je suis", " ici", " soy", " habla", " speaking with", " spoke to", " spoke with", " talk to",
    " talked to", " mein mann", " meine frau", " mein sohn", " meine tochter", " meine kollegin", " mein kollege", " meinem mann",
    " meiner frau", " mon fils", " mon mari", " mon frère", " ma fille", " ma femme", " ma sœur", " mi hijo", " mi hija",
    " mi marido", " mi mujer", " mi esposa", " mi hermano", " mi hermana",
)  # fmt: skip
GREETING = tuple(
    f" {cue}"
    for cue in (
        "dear", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "welcome", "welcome back", "thanks",
        "thank you", "thank you so much", "goodbye", "bye", "sorry", "hallo", "liebe", "lieber", "geehrte", "geehrter", "guten tag",
        "guten morgen", "guten abend", "danke", "bonjour", "salut", "bonsoir", "cher", "chère", "merci", "hola", "estimado",
        "estimada", "querido", "querida", "buenos días", "buenas tardes", "buenas noches", "gracias", "olá",
    )
)  # fmt: skip
CUES: dict[str, list[tuple[str, str]]] = {}  # last word -> (all words, how much they say)
for _strength, _cues in (
    ("strong", STRONG), ("english", ENGLISH), ("own", OWN), ("weak", WEAK), ("greeting", GREETING)
):  # fmt: skip
    for _words in _cues:
        CUES.setdefault(_words.rpartition(" ")[2], []).append((_words, _strength))
LAST_WORDS = frozenset(
    shape + end
    for cue in (*CUES, *TITLES)
    for shape in (cue, cue.capitalize())
    for end in ("", ",", ":", ".")
)
TITLE_WORDS = frozenset(title.capitalize() for title in TITLES)
GREETED = re.compile(r"\s*(?:[,!.?:;–—)]|\n|$| -)")
SIGNED = re.compile(
    r"(?:\b(?:[Rr]egards|[Bb]est wishes|[Bb]est|[Ss]incerely|[Yy]ours(?: truly| sincerely| faithfully)?|[Cc]heers|[Tt]hanks|[Tt]hank you"
    r"|[Ll]ove|[Gg]r(?:ü|ue)(?:ß|ss)en?|[Gg]ru(?:ß|ss)|VG|LG|MfG|[Cc]ordialement|[Ss]alutations|[Bb]ien à vous|[Aa]mitiés"
    r"|[Ss]aludos(?: cordiales)?|[Aa]tentamente|[Uu]n saludo))[,.!]? *\n+ *$"
)
SIGNED_END = re.compile(r" *(?:[\n,.]|$)")
LOWER = re.compile(
    r"(?:[Mm]y name(?:['’]s| is)|[Ii]ch hei(?:ß|ss)e|[Jj]e m['’]appelle|[Mm]e llamo|\b[Ii]['’]?m|\b[Ii] am) (?P<v>[a-zà-ÿ]{3,12})"
    r"(?![\w'’])"
)
LOWER_SIGNS = ("name", "heiße", "heisse", "appelle", "llamo", "i'm ", "im ", "i am ")
TITLE_GAP = re.compile(r"\.? (?:(?:Dr|Prof|Dra|med|Mr|Mrs|Ms|Frau|Herr|Präsidentin?)\.? )*")
NAME = re.compile(rf"(?:{PARTICLE})?{FULL}{END}")
CAPITAL = re.compile(LETTERS)
TITLED_AGAIN = frozenset(
    "Dr Prof Dra Mr Mrs Ms Präsident Präsidentin President Chairman Bürgermeister".split()
)
AFTER_GIVEN = re.compile(rf"(?: [A-Z]\.)?(?: (?:{PARTICLE})?{LETTERS}){{1,3}}{END}")
PLACE_AFTER = re.compile(
    r"(?:['’]s)?[ -](?:Street|St|Road|Avenue|Ave|Lane|Drive|Way|Square|Park|Church|School|College|University|Hospital|Station|Library"
    r"|Bridge|Airport|Hall|House|Hotel|Straße|Str|Platz|Allee|Weg|Kirche|Schule|Gymnasium|Institut\w*|Foundation|Stiftung|GmbH|Inc|Ltd|Co|AG"
    r"|Award|Prize|Preis|Island|Bay|Day|Castle|Museum|Room|Branch|Building|Theatre|Theater)\b|-(?:Straße|Platz|Allee|Weg)|['’]s (?=[A-Z])|\s?&|\s\d+:\d"
)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:St\.?|San|Santa|Saint|Sainte|Sankt|São|Santo|Port|Fort|Lake|Mount|Rue|rue|Calle|calle|Plaza|plaza|Place|place|Avenue|avenue"
    r"|Boulevard|boulevard|Hurricane|King|Queen|Prince|Pope|the|The|Book of)|&)[ -]$"
)
JAPANESE_NAME = rf"(?:(?:{FAMILY})[ 　]?[一-龥々ぁ-んァ-ヶー]{{0,4}}?|[ァ-ヶー]{{2,10}}(?:・[ァ-ヶー]{{2,10}}){{0,2}})"
JAPANESE = re.compile(
    r"(?:(?<![一-龥々])(?P<a>[一-龥々]{1,4}[ 　]?[一-龥々ぁ-んァ-ヶー]{0,5}?|[ァ-ヶー]{2,10}(?:[・ 　=＝][ァ-ヶー]{2,10})*)(?:と申します|といいます|と言います|と申す))"
    rf"|(?:(?<![一-龥々ァ-ヶー])(?P<b>{JAPANESE_NAME})(?:さん|様|さま|氏|くん|君|ちゃん|先生|殿))"
    r"|(?:名前は|氏名[:：は]|名義は|お名前[:：])\s?(?P<c>[一-龥々]{1,4}[ 　]?[一-龥々ぁ-んァ-ヶー]{0,5}?|[ァ-ヶー・]{2,16})(?=です|だ|と|。|、|で|\s|$)"
    rf"|(?:(?<![一-龥々])(?P<d>(?:{FAMILY})(?:[ 　]?[一-龥々]{{1,3}})?)(?=です(?!か)|でございます))"
)
NOT_JAPANESE = frozenset(
    "お客 皆 客 スタッフ ドライバー オーナー メーカー ユーザー カスタマー マネージャー メンバー ゲスト インストラクター リーダー アシスタント ボット"
    " 何 神 王 奥 旦那 店員 司書 担当者 業者 運転手 私 僕 俺 何か".split()
)


def detect(text: str) -> Iterator[Span]:
    """Persons in `text`: given and family name together, without Mr or さん.

    `text` begins and ends with a few empty lines, as `privacy.find` gives it.
    """
    yield from _capitals(text)
    if any(sign in text for sign in LOWER_SIGNS):
        for match in LOWER.finditer(text):
            if match["v"].capitalize() in GIVEN:
                yield Span(*match.span("v"), "NAME")
    if not text.isascii():
        for match in JAPANESE.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            if text[start:end].rstrip() not in NOT_JAPANESE:
                yield Span(start, end, "NAME")


def _capitals(text: str) -> Iterator[Span]:
    """Each word with a capital: the list knows it, or the words before it say what it is."""
    done = 0
    for match in CAPITAL.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        word, before, span = match[0], text[start - 1], None
        if before == " ":
            last = text[text.rfind(" ", start - 14, start - 1) + 1 : start - 1]
            if "\n" in last:
                last = last.rpartition("\n")[2]
            if last in LAST_WORDS:
                span = _introduced(text, start, last.lower().rstrip(",.:"))
        elif before == "\n":
            span = None if text[start - 2] == "\u0000" else _signed(text, start)
        elif before.isalpha() and before.isascii():
            continue
        if span is None and (word in GIVEN or word in TITLE_WORDS or "-" in word):
            span = _titled(text, match) if word in TITLE_WORDS else _given(text, start, end, word)
        if span:
            yield span
            done = span.end


def _introduced(text: str, start: int, last: str) -> Span | None:
    """After "my name is", "Herr", "Dear": `last` is the word before `start`."""
    strength = "strong" if last in TITLES and last not in THIN_TITLES else _cue(text, start, last)
    name = _name(text, start) if strength or last in TITLES else None
    if name is None:
        return None
    words = text[start : name.end].split(" ")
    if words[0] in GIVEN:
        return name
    if strength == "english":
        return name if len(words) > 1 else None
    if strength == "greeting":
        return name if GREETED.match(text, name.end) else None
    return name if strength in ("strong", "own") and words[0] not in TITLED_AGAIN else None


def _titled(text: str, word: re.Match[str]) -> Span | None:
    """Herr von Ahlen, Dr. Ana Ruiz: the title is `word`."""
    after = TITLE_GAP.match(text, word.end())
    name = _name(text, after.end()) if after else None
    if name is None or (
        word[0].lower() in THIN_TITLES and text[name.start : name.end].split(" ")[0] not in GIVEN
    ):
        return None
    return name


def _cue(text: str, start: int, last: str) -> str:
    """How much the words that end with `last` say: a name follows, or one may follow."""
    context = f" {text[max(0, start - 24) : start].lower()}".replace("\n", " ").rstrip(" ")
    colon = context.endswith(":")
    context = context.rstrip(":, ")
    for cue, strength in CUES.get(last, ()):
        if context.endswith(cue) and (colon or cue not in WITH_COLON):
            return strength
    return ""


def _signed(text: str, start: int) -> Span | None:
    """On the line below "Best regards,"."""
    if not SIGNED.search(text, max(0, start - 32), start):
        return None
    name = _name(text, start)
    return name if name and SIGNED_END.match(text, name.end) else None


def _name(text: str, start: int) -> Span | None:
    """The name that begins at `start`, cut before the first word that cannot belong to one."""
    match = NAME.match(text, start)
    if match is None:
        return None
    end = match.end()
    for word in re.finditer(r"\S+", match[0]):
        if word[0] in NOT_NAMES:
            end = start + word.start()
            break
    name = text[start:end].rstrip()
    return Span(start, start + len(name), "NAME") if name else None


def _given(text: str, start: int, end: int, word: str) -> Span | None:
    """A given name of the list, with the family name that follows; no street, saint or company."""
    if word.partition("-")[0] not in GIVEN or PLACE_BEFORE.search(text, max(0, start - 12), start):
        return None
    if more := AFTER_GIVEN.match(text, end):
        words = re.finditer(r"\S+", more[0])
        cut = next((w.start() for w in words if w[0] in NOT_NAMES), len(more[0]))
        tail = PLACE_AFTER.search(text, end, end + cut)
        if tail:
            return None
        end += len(more[0][:cut].rstrip())
    return None if PLACE_AFTER.match(text, end) else Span(start, end, "NAME")
