"""PDFs made by reportlab, Chromium and LibreOffice: their text comes back as it went in."""

import html
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.readers.files import read
from aligner.segment.splitter import segment
from tests.conftest import ROOT

FONTS = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
]
MARK = {"text": "", "heading": "# ", "item": "* "}


@pytest.fixture(scope="session")
def font():
    """A font with Cyrillic letters, known to reportlab under this name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = next((path for path in FONTS if Path(path).exists()), None)
    if path is None:
        pytest.skip("needs a font with Cyrillic letters (DejaVu)")
    pdfmetrics.registerFont(TTFont("Serif", path))
    return "Serif"


@pytest.fixture
def drawn(tmp_path, font):
    """A PDF with lines at given places: (x, y, size, text) or (x, y, size, text, font)."""
    from reportlab.pdfgen.canvas import Canvas

    def make(*pages, name="drawn.pdf", **options):
        canvas = Canvas(str(tmp_path / name), invariant=1, **options)
        for lines in pages:
            for x, y, size, text, *own in lines:
                canvas.setFont(own[0] if own else font, size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return tmp_path / name

    return make


@pytest.fixture
def typeset(tmp_path, font):
    """A justified book with running heads and page numbers: (style, text) or "page"."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

    body = ParagraphStyle("body", fontName=font, fontSize=11, leading=14, alignment=4)
    body.firstLineIndent = 15
    styles = {
        "text": body,
        "heading": ParagraphStyle("heading", fontName=font, fontSize=16, leading=22, spaceAfter=9),
    }

    def make(flow, head="", columns=1):
        def furnish(canvas, book):
            canvas.setFont(font, 9)
            canvas.drawCentredString(310, 24, str(book.page))
            canvas.drawString(40, 560, head)

        path = tmp_path / "typeset.pdf"
        width = (340 if columns == 1 else 540) / columns
        frames = [Frame(40 + i * width, 40, width, 510, showBoundary=0) for i in range(columns)]
        book = BaseDocTemplate(str(path), pagesize=(620, 595), invariant=1)
        book.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
        parts = [
            PageBreak() if part == "page" else Paragraph(html.escape(part[1]), styles[part[0]])
            for part in flow
        ]
        book.build(parts)
        return path

    return make


def shown(path):
    return [MARK[p.kind] + p.text for p in read(path).paragraphs]


@pytest.mark.parametrize(
    ("lang", "chapter", "head"),
    [("en", "Chapter {}", "The Lighthouse"), ("ru", "Глава {}", "Маяк")],
)
@pytest.mark.parametrize("columns", [1, 2])
def test_a_book_of_pages(typeset, lang, chapter, head, columns):
    text = read(ROOT / "examples" / f"lighthouse.{lang}.md").paragraphs
    texts = [" ".join(p.text.split()) for p in text if p.kind == "text" and len(p.text) > 60]
    flow, expected = [], []
    for number, start in enumerate(range(0, len(texts), 6), start=1):
        part = texts[start : start + 6]
        flow += [("heading", chapter.format(number)), *(("text", text) for text in part), "page"]
        expected += ["# " + chapter.format(number), *part]
    document = read(typeset(flow[:-1], head, columns))
    assert [MARK[p.kind] + p.text for p in document.paragraphs] == expected
    pages = document.left_out["page number"]
    assert pages >= 3
    assert document.left_out == {"page number": pages, "running head": pages}


def test_paragraphs_that_are_apart_by_space_only(drawn):
    lines = ["One line of the first that fills the whole width", "and a rest.", "", "Another one."]
    path = drawn([(70, 700 - 14 * i, 11, line) for i, line in enumerate(lines)])
    assert shown(path) == [" ".join(lines[:2]), "Another one."]


DIALOGUE = ["— Кто там?", "— Это я, почтальон Печкин.", "— А кто «я»?"]


def test_replies_and_verse_keep_their_lines(drawn):
    verse = ["Мороз и солнце; день чудесный!", "Ещё ты дремлешь", "Пора, проснись!"]
    long = "Строка, которая показывает, как широка колонка на этой странице книги."
    lines = [*DIALOGUE, *verse, long]
    path = drawn([(70, 700 - 14 * i, 11, line) for i, line in enumerate(lines)])
    assert shown(path) == lines


def test_items_lose_their_bullet_and_keep_their_number(drawn):
    lines = ["Купить:", "• молоко,", "• хлеб,", "• масло", "1. First.", "2) Second."]
    path = drawn([(70, 700 - 14 * i, 11, line) for i, line in enumerate(lines)])
    expected = ["Купить:", "* молоко,", "* хлеб,", "* масло", "* 1. First.", "* 2) Second."]
    assert [text.lstrip("* ") for text in shown(path)] == [t.lstrip("* ") for t in expected]


BROKEN = [
    ("Он был господи-", "ном средних лет. Господином его звали", "господином средних"),
    ("Всё это случилось из-", "за того, что никто не знал", "из-за того"),
    ("Пришёл кто-", "то незнакомый, и все замолчали", "кто-то незнакомый"),
    ("Стоял тёплый вечер и довольно про-", "хладный ветер дул с моря", "прохладный ветер"),
    ("Потом он уехал в город Нью-", "Йорк и жил там", "Нью-Йорк и"),
    ("All the infor-", "mation was lost, and information is dear", "information was lost"),
    ("He was a well-", "known man; known to all, and well", "well-known man"),
    ("It was a wide street—", "oh, what a wide one", "street—oh, what"),
]


@pytest.mark.parametrize(("line", "after", "joined"), BROKEN)
def test_words_broken_over_a_line_end(drawn, line, after, joined):
    path = drawn([(70, 700, 11, line), (70, 686, 11, after + ".")])
    [text] = shown(path)
    assert joined in text


def test_a_word_broken_over_a_page(drawn):
    full = "A line that is as long as the column of this page is wide, like all"
    path = drawn(
        [(70, 700, 11, full), (70, 686, 11, "the others in it, and then there came an infor-")],
        [(70, 700, 11, "mation of war. Information was rare.")],
    )
    [text] = shown(path)
    assert text.endswith("and then there came an information of war. Information was rare.")


def test_footnotes_come_after_the_paragraph_they_interrupt(drawn):
    first = [
        (70, 700, 11, "The city was founded in 1703"),
        (242, 704, 6, "1"),
        (250, 700, 11, "and grew, and its river was"),
        (70, 100, 8, "1 By Peter the Great."),
    ]
    second = [(70, 700, 11, "spanned by many bridges."), (70, 686, 11, "They are raised at night.")]
    path = drawn(first, second)
    text = "The city was founded in 1703 and grew, and its river was spanned by many bridges."
    assert " ".join(shown(path)).startswith(text)
    assert "1 By Peter the Great." in shown(path)
    assert read(path).left_out == {"footnote mark": 1}


def test_what_looks_like_furniture_but_is_text(drawn):
    path = drawn(
        [(70, 700, 18, "1984"), (70, 660, 11, "It was a bright cold day in April.")],
        [(70, 700, 18, "1985"), (70, 660, 11, "The clocks were striking thirteen.")],
        [(70, 700, 11, "12"), (70, 660, 11, "is the number of the last chapter.")],
    )
    texts = shown(path)
    assert texts[0] == "# 1984"
    assert texts[2] == "# 1985"
    assert "12" in " ".join(texts)
    assert read(path).left_out == {}


def test_code_and_turned_text_are_left_out_and_counted(drawn, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = drawn(
        [
            (
                70,
                700,
                11,
                "Before the code there is a sentence, longer than code and remark,",
            ),
            (70, 686, 11, "which shows what most of the text is set in."),
            (70, 660, 11, "let user = { name: 'Ann' };", "Courier"),
            (70, 630, 11, "This is a remark.", "Courier"),
        ]
    )
    assert shown(path)[1:] == ["This is a remark."]
    assert read(path).left_out == {"code block": 1}
    canvas = Canvas(str(tmp_path / "draft.pdf"))
    canvas.drawString(70, 700, "The text of the page.")
    canvas.rotate(45)
    canvas.drawString(300, 300, "DRAFT")
    canvas.save()
    assert shown(tmp_path / "draft.pdf") == ["The text of the page."]
    assert read(tmp_path / "draft.pdf").left_out == {"turned text": 1}


def test_ligatures(drawn):
    path = drawn([(70, 700, 11, "The ﬁrst ﬂag of the oﬃce — and № 5.")])
    assert shown(path) == ["The first flag of the office — and № 5."]


def test_no_word_is_lost_between_two_cells(drawn):
    row = [(70, 700, 11, "Hello."), (300, 700, 11, "Привет."), (70, 680, 11, "Bye.")]
    assert shown(drawn([*row, (300, 680, 11, "Пока.")])) == ["Hello.", "Привет.", "Bye.", "Пока."]


def test_the_name_may_lie(drawn):
    path = drawn([(70, 700, 11, "A PDF all the same.")], name="letter.txt")
    assert shown(path) == ["A PDF all the same."]


def locked(user):
    from reportlab.lib.pdfencrypt import StandardEncryption

    return StandardEncryption(user, ownerPassword="owner", canPrint=0)


def test_a_password(drawn):
    page = [(70, 700, 11, "Nobody may print this.")]
    assert shown(drawn(page, encrypt=locked(""))) == ["Nobody may print this."]
    with pytest.raises(InputError, match=r"drawn\.pdf: is locked with a password; save a copy"):
        read(drawn(page, encrypt=locked("secret")))


def test_pages_that_are_pictures(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(70, 70, 300, 500, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match=r"scan\.pdf: has no text layer.*; run OCR on it first"):
        read(tmp_path / "scan.pdf")


def test_a_page_that_unpacks_to_a_mountain(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "bomb.pdf"), pageCompression=1)
    canvas.drawString(70, 700, "Hello.")
    canvas._code.append("0 0 m " * 4_000_000)
    canvas.save()
    assert (tmp_path / "bomb.pdf").stat().st_size < 300_000
    with pytest.raises(InputError, match=r"bomb\.pdf: a part of it unpacks to more than 20 MB"):
        read(tmp_path / "bomb.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 40])
def test_a_damaged_file(tmp_path, data):
    (tmp_path / "bad.pdf").write_bytes(data)
    with pytest.raises(InputError, match=r"bad\.pdf: cannot be read as a PDF: it is damaged"):
        read(tmp_path / "bad.pdf")


def test_a_text_called_pdf_is_a_text(tmp_path):
    (tmp_path / "a.pdf").write_text("Это просто текст.", encoding="utf-8")
    assert shown(tmp_path / "a.pdf") == ["Это просто текст."]


def program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def page_of(source):
    """The text of a Markdown file as a page of paragraphs and headings.

    No lists: Chromium draws their bullets as circles, and nothing in the text shows them.
    """
    tags = {"heading": "h2", "quote": "blockquote"}
    blocks = [(tags.get(p.kind, "p"), html.escape(p.text)) for p in read(source).paragraphs]
    body = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in blocks)
    return f'<meta charset="utf-8"><title>A page</title><body>{body}'


def printed(source, folder):
    """By Chromium, with its date, title, address and page number on each page."""
    page = folder / f"{source.stem}.html"
    page.write_text(page_of(source), encoding="utf-8")
    pdf = page.with_suffix(".pdf")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    subprocess.run(
        [program("chromium"), *flags, f"--print-to-pdf={pdf}", page],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return pdf


def exported(source, folder):
    """By LibreOffice Writer."""
    page = folder / f"{source.stem}.html"
    page.write_text(page_of(source), encoding="utf-8")
    subprocess.run(
        [program("soffice"), "--headless", f"-env:UserInstallation={(folder / 'lo').as_uri()}",
         "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, page],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return page.with_suffix(".pdf")


def sentences(path, lang):
    from dataclasses import replace

    return [" ".join(s.split()) for s in segment(replace(read(path), lang=lang)).texts()]


@pytest.mark.parametrize("made", [printed, exported])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_sentences_are_those_of_the_markdown_page(tmp_path, made, lang):
    source = ROOT / "examples" / f"lighthouse.{lang}.md"
    expected, found = sentences(source, lang), sentences(made(source, tmp_path), lang)
    assert found == expected


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_real_page_keeps_nearly_all_its_sentences(shared, tmp_path, lang):
    source = shared(f"pages/osguide-building-community.{lang}.md")
    expected, found = sentences(source, lang), sentences(printed(source, tmp_path), lang)
    same = len(set(expected) & set(found))
    assert same >= 0.98 * len(set(expected))
    assert sum(map(len, found)) == pytest.approx(sum(map(len, expected)), rel=0.005)
