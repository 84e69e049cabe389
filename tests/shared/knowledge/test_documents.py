"""Reading documents: what each kind gives, and the sentence for each that cannot be read."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadDocument
from shared.knowledge.documents import KINDS, media_type_of, parse_document
from shared.knowledge.parsed import LARGEST_BYTES, MOST_CHARACTERS, ParsedDocument
from tests.shared.knowledge.papers import locked_pdf, pdf, word_file


def outline(parsed: ParsedDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, parsed.of(block)) for block in parsed.blocks]


def test_plain_text_is_cut_at_blank_lines() -> None:
    parsed = parse_document("notes.txt", b"One\r\nline.\r\n\r\n  \r\nTwo.\n")

    assert outline(parsed) == [("text", 0, "One\nline."), ("text", 0, "Two.")]
    assert parsed.title == "notes"
    assert parsed.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be"])
def test_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    content = ("\ufeff" if encoding == "utf-16-be" else "") + "Grüße aus Köln: 5 €, 日本"

    parsed = parse_document("notes.txt", content.encode(encoding))

    assert parsed.text == "Grüße aus Köln: 5 €, 日本"
    assert parsed.notes == ()


def test_broken_utf8_is_read_with_its_damage_marked_and_said() -> None:
    parsed = parse_document("notes.txt", "Grüße aus Köln".encode() + b" \xff\xfe end")

    assert parsed.text == "Grüße aus Köln \ufffd\ufffd end"
    assert parsed.notes == ("2 damaged characters were replaced by \ufffd: save the file as UTF-8 to mend it.",)


def test_an_old_windows_text_is_read_as_such_and_said() -> None:
    parsed = parse_document("notes.txt", "Grüße aus Köln für 5 €".encode("cp1252"))

    assert parsed.text == "Grüße aus Köln für 5 €"
    assert "Windows-1252" in parsed.notes[0]


def test_markdown_gives_headings_tables_and_words_without_marks() -> None:
    source = (
        "---\ntitle: The house\n---\n# Welcome\nTo **our** [house](https://example.com), `room_1` of *many*.\n\n"
        "Rates\n-----\n| Room | Price |\n|:--|--:|\n| Small | **5** |\n\n```\n# no heading\n```\n"
        "<!-- hidden -->\n- a\n- b\n"
    )

    parsed = parse_document("house.md", source.encode())

    assert parsed.title == "The house"
    assert outline(parsed) == [
        ("heading", 1, "Welcome"),
        ("text", 0, "To our house, room_1 of many."),
        ("heading", 2, "Rates"),
        ("table", 0, "Room | Price\nSmall | 5"),
        ("text", 0, "# no heading"),
        ("text", 0, "- a\n- b"),
    ]


def test_a_web_page_gives_its_article_without_the_furniture() -> None:
    article = "".join(
        f"<p>Paragraph {number} tells at length how our house is run, day by day.</p>" for number in range(9)
    )
    page = (
        "<html><head><title>Our house</title><script>var hidden = 1</script></head><body><nav><a href=/>Home</a></nav>"
        f"<main><article><h1>The house</h1>{article}<h2>Prices</h2><p>A desk costs 20 euros a day.</p></article></main>"
        "<footer>Imprint</footer></body></html>"
    )

    parsed = parse_document("house.html", page.encode())

    assert parsed.title == "Our house"
    assert ("heading", 2, "Prices") in outline(parsed)
    assert "A desk costs 20 euros a day." in parsed.text
    assert "hidden" not in parsed.text
    assert "Home" not in parsed.text


def test_a_page_without_an_article_gives_all_that_is_seen() -> None:
    page = "<title>Hi</title><footer><div>Desk 7</div><style>a{}</style><h3>Tea</h3><ul><li>Open <b>daily</b><li>Free"

    parsed = parse_document("page.htm", page.encode())

    assert parsed.title == "Hi"
    assert outline(parsed) == [
        ("text", 0, "Desk 7"),
        ("heading", 3, "Tea"),
        ("text", 0, "Open daily"),
        ("text", 0, "Free"),
    ]


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<meta charset="iso-8859-2"><body><p>Zażółć gęślą jaźń, powiedział</p>'

    assert "gęślą" in parse_document("page.html", page.encode("iso-8859-2")).text


def test_a_pdf_gives_pages_headings_and_joined_lines() -> None:
    content = pdf(
        [
            [
                (24, "The Manual"),
                (11, "The first sentence of this manual goes over a"),
                (11, "line. It ends."),
                (11, "Next."),
            ],
            [(15, "Safety"), (11, "Wear a helmet at all times when you are inside.")],
        ]
    )

    parsed = parse_document("manual.pdf", content)

    assert parsed.pages == 2
    assert outline(parsed) == [
        ("heading", 1, "The Manual"),
        ("text", 0, "The first sentence of this manual goes over a line. It ends."),
        ("text", 0, "Next."),
        ("heading", 2, "Safety"),
        ("text", 0, "Wear a helmet at all times when you are inside."),
    ]
    assert [block.page for block in parsed.blocks] == [1, 1, 1, 2, 2]


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out() -> None:
    pages = [
        [(9, "The Manual, 2nd edition"), (11, f"Chapter text {word} of the book."), (9, f"Page {number}")]
        for number, word in enumerate(["alpha", "beta", "gamma", "delta", "epsilon"], start=1)
    ]

    parsed = parse_document("manual.pdf", pdf(pages))

    assert "edition" not in parsed.text
    assert "Page" not in parsed.text
    assert len(parsed.blocks) == 5


def test_a_word_file_gives_headings_lists_and_tables() -> None:
    parsed = parse_document("rules.docx", word_file())

    assert parsed.title == "House rules"
    assert outline(parsed) == [
        ("heading", 1, "House rules"),
        ("text", 0, "Everybody is welcome."),
        ("heading", 1, "Opening hours"),
        ("text", 0, "We open early."),
        ("text", 0, "- Bring your card"),
        ("table", 0, "Day | Hours\nMonday | 7 to 22"),
        ("heading", 2, "Sundays"),
        ("text", 0, "Closed."),
    ]


def huge_word_file() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (300 * 1024 * 1024))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "a.txt is empty: add a document that has words in it."),
        ("a.txt", b" \n\n ... \n", "a.txt holds no text: add a document that has words in it."),
        ("a.txt", b"\x7fELF\0\0\0", "a.txt is not a text file: save it as UTF-8 text, or as PDF, and add that."),
        ("a.exe", b"MZ", "a.exe is of a kind that is not read: use txt, md, html, pdf or docx."),
        ("a.pdf", b"%PDF-1.7 nothing", "a.pdf is damaged or no PDF: print it to a new PDF and add that."),
        ("a.pdf", pdf([]), "a.pdf has no pages: export it again from where it came."),
        ("a.pdf", locked_pdf(), "a.pdf has a password: save it without one and add it again."),
        ("a.pdf", pdf([[], []]), "a.pdf has 2 pages and no text: it was scanned. Run text recognition over it first."),
        ("a.docx", b"PK\x03\x04", "a.docx is damaged or no Word document: open it in Word and save it again."),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0",
            "a.docx has a password or is an old .doc: save it as .docx without a password.",
        ),
        ("a.docx", huge_word_file(), "a.docx unpacks to 314,572,800 bytes: take its pictures out, or split it."),
        ("a.txt", b"a" * (LARGEST_BYTES + 1), "a.txt has more than 32 MB, the most that is read: split it."),
        ("a.txt", b"word " * (50 * 1024 * 1024 // 5), "a.txt has more than 32 MB, the most that is read: split it."),
        (
            "a.txt",
            b"a" * (MOST_CHARACTERS + 1),
            "a.txt holds more than 5,000,000 characters of text: split it into smaller documents.",
        ),
    ],
    ids=lambda value: str(value)[:24],
)
def test_each_document_that_cannot_be_read_gets_one_sentence(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(BadDocument) as caught:
        parse_document(name, content)

    assert str(caught.value) == sentence


def test_the_media_type_speaks_where_the_name_is_silent() -> None:
    assert parse_document("notes", b"# Title\n\nWords.", "text/markdown; charset=utf-8").title == "Title"
    assert parse_document("upload.bin", pdf([[(11, "Words.")]])).pages == 1


def test_every_kind_has_a_media_type() -> None:
    assert {media_type_of(f"a.{kind}").partition("/")[0] for kind in KINDS} == {"text", "application"}
    assert "octet-stream" not in {media_type_of(f"a.{kind}") for kind in KINDS}
    assert media_type_of("noending") == "application/octet-stream"


@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_no_bytes_do_worse_than_a_bad_document(kind: str, content: bytes) -> None:
    try:
        parsed = parse_document(f"a.{kind}", content)
    except BadDocument:
        return
    assert all(parsed.of(block).strip() for block in parsed.blocks)


@given(st.sampled_from(["a.md", "a.html", "a.txt"]), st.text(alphabet="ab #*_[]()|-`~<>/h1p\n\"'&;=", max_size=300))
def test_no_markup_does_worse_than_a_bad_document(name: str, text: str) -> None:
    try:
        parsed = parse_document(name, text.encode())
    except BadDocument:
        return
    assert "\n\n".join(parsed.of(block) for block in parsed.blocks) == parsed.text
