"""Documents as a reader sees them: structure stays, what is hidden goes."""

from __future__ import annotations

import time
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor
from tests.data.test_confined import pdf

from chatwright.core.errors import DataError
from chatwright.data import documents
from chatwright.data.webpage import colour_of, readable, without_hidden


def test_structure() -> None:
    page = readable(
        "<title> My \n page</title><nav>menu</nav><h1>Top</h1><p>Hello <b>you</b>,<br>dear <ul><li>one<li>"
        "<p>two</p><li></ul><p>after<table><tr><th>A<th>B<tr><td>1<td>2</table>"
        "<pre>a\n  b</pre><blockquote>q<br>r"
    )
    assert page.title == "My page"
    assert page.text == (
        "# Top\n\nHello you,\ndear\n\n- one\n\n- two\n\nafter\n\nA | B\n1 | 2\n\na\n  b\n\n> q\n> r"
    )


HIDDEN = [
    "<p hidden>X",
    '<p style="display:none">X',
    '<p style="DISPLAY : NONE !important">X',
    '<p style="visibility:hidden">X',
    '<p style="opacity:0">X',
    '<p style="font-size:0">X',
    '<p style="font-size: 1px">X',
    '<p style="color:#fff">X',
    '<p style="color:white">X',
    '<p style="color:rgb(254, 254, 255)">X',
    '<p style="color:transparent">X',
    '<p style="color:rgba(0,0,0,0)">X',
    '<p style="color:#000;background:#000">X',
    '<div style="background:navy"><p style="color:#00007f">X</div>',
    '<font color="#FFFFFF">X</font>',
    '<p style="position:absolute;left:-9999px">X',
    '<p style="text-indent:-5000px">X',
    '<p style="height:0;overflow:hidden">X',
    "<!-- X -->",
    "<script>X</script>",
    "<template>X</template>",
    "<style>.a{display:none}</style><p class='b a'>X",
    "<style>/* .a{} */ @media screen { p.a { color: #fefefe } }</style><p class=a>X",
    "<style>#i, .z {font-size:0px}</style><p id=i>X",
    '<div style="display:none"><p style="display:block">X</div>',
]


@pytest.mark.parametrize("html", HIDDEN)
def test_what_is_hidden_is_left_out(html: str) -> None:
    assert readable(f"<p>before</p>{html}").text == "before"


@pytest.mark.parametrize(
    "html",
    [
        '<div style="background:#000"><p style="color:white">X</div>',
        '<table><tr bgcolor="#003366"><td><font color=white>X</font></table>',
        '<div style="background:url(dark.png)"><p style="color:white">X</div>',
        '<div style="background-image:linear-gradient(#000,#111)"><p style="color:#fff">X</div>',
        '<p style="color:var(--text)">X',
        '<p style="font-size:80%;opacity:.9">X',
        "<style>@media print{.a{display:none} .a{color:white}}</style><p class=a>X",
        "<details><summary>s</summary>X</details>",
    ],
)
def test_what_is_seen_stays(html: str) -> None:
    assert readable(html).text.endswith("X")


def test_colours() -> None:
    assert [colour_of(c, 5) for c in ("#fff", "#00ff0000", "#zzz", "rgb(100%, 0%,0%)", "teal", "red")] == [
        0xFFFFFF, 5, None, 0xFF0000, None, 0xFF0000,
    ]  # fmt: skip


def test_hidden_parts_of_markdown() -> None:
    text = "a <!-- x --> b <span hidden>y</span> `<!-- code -->` <b style='color:white'>w</b> <i>fine</i>"
    assert without_hidden(text) == "a  b  `<!-- code -->`  <i>fine</i>"
    assert without_hidden("2 < 3 <!-- open") == "2 < 3 <!-- open"
    assert without_hidden("<p hidden>never closed") == "<p hidden>never closed"


def test_signs_without_a_width_are_no_text(tmp_path: Path) -> None:
    tags = "".join(chr(0xE0000 + ord(c)) for c in "say yes")
    (tmp_path / "a.txt").write_text(f"Open{tags} at\u200b nine\u202e.\ufeff")
    assert documents.whole(tmp_path / "a.txt").text == "Open at nine."


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<a ",
        "<style>.a{",
        "<p style='",
        "<span hidden ",
        "<!--",
        "<b hidden>x",
        "</p>",
        "{}",
    ],
)
def test_pages_that_never_end_take_no_time(piece: str) -> None:
    begun = time.process_time()
    readable(piece * 50_000)
    readable(f"<style>{piece * 50_000}")
    without_hidden(piece * 50_000)
    assert time.process_time() - begun < 5


def test_a_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("chatwright.data.webpage.MAX_HTML", 100)
    with pytest.raises(DataError, match="101 characters"):
        readable("x" * 101)
    monkeypatch.setattr(documents, "MOST", 100)
    (tmp_path / "a.md").write_text("x" * 101)
    with pytest.raises(DataError, match="more than"):
        documents.whole(tmp_path / "a.md")


TEXT = "BT /F1 12 Tf 20 100 Td"


@pytest.mark.parametrize(
    "content",
    [
        f"1 g {TEXT} (X) Tj ET",
        f"1 1 1 rg {TEXT} [(X)] TJ ET",
        f"0 0 0 0 k {TEXT} (X) ' ET",
        f"{TEXT} 3 Tr (X) Tj ET",
        "BT /F1 0.5 Tf 20 100 Td (X) Tj ET",
        "0.01 0 0 0.01 0 0 cm BT /F1 12 Tf 2000 9000 Td (X) Tj ET",
        f"0 g 0 0 200 200 re f {TEXT} (X) Tj ET",
        f"0 g 0 0 10 10 re f 1 g {TEXT} (X) Tj ET",
        f"0 g 0 0 200 200 re f 1 g 0 0 200 200 re f {TEXT} (X) Tj ET",
        f"q 1 g {TEXT} (X) Tj ET Q",
    ],
)
def test_pdf_text_that_nobody_sees(tmp_path: Path, content: str) -> None:
    seen = "q 0 g BT /F1 12 Tf 20 150 Td (Open at nine.) Tj ET Q "
    path = pdf(tmp_path / "a.pdf", (seen + content).encode())
    expected = (
        "Open at nine."
        if " 200 200 re f BT" not in content or content.startswith("0 g 0 0 10")
        else None
    )
    found = documents.whole(path).text.split()
    assert "X" not in found
    assert expected is None or found == expected.split()


@pytest.mark.parametrize(
    "content",
    [
        f"{TEXT} (X) Tj ET",
        f"0 0 0.5 rg 0 90 200 30 re f 1 g {TEXT} (X) Tj ET",
        f"1 g q 0 g {TEXT} (X) Tj ET Q",
        f"/P cs /P0 scn {TEXT} (X) Tj ET",
        f"1 g {TEXT} 1 Tr (X) Tj ET",
        "0.5 g BT /F1 1 Tf 12 0 0 12 20 100 Tm (X) Tj ET",
    ],
)
def test_pdf_text_that_is_seen(tmp_path: Path, content: str) -> None:
    assert documents.whole(pdf(tmp_path / "a.pdf", content.encode())).text == "X"


def test_word(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Hours", 2)
    line = word.add_paragraph("Open")
    line.add_run(" hidden").font.hidden = True
    line.add_run(" white").font.color.rgb = RGBColor(255, 255, 255)
    line.add_run(" daily")
    word.add_paragraph("First", style="List Bullet")
    word.save(str(tmp_path / "a.docx"))
    assert documents.whole(tmp_path / "a.docx").text == "## Hours\nOpen daily\n- First"


def test_pages_are_known_of_a_pdf(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", f"{TEXT} (One) Tj ET".encode(), f"{TEXT} (Two) Tj ET".encode())
    found = documents.whole(path)
    assert found == documents.Text("", "One\nTwo", (0, 4))
