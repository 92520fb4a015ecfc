"""English beside Russian in tables and grids: rows, whoever made them, and what is no row."""

import io

import pytest

from aligner.language import split_by_language
from aligner.readers import docx, html
from aligner.readers.decode import Raw
from aligner.readers.side_by_side import languages_of_columns
from aligner.records import Document, Paragraph

SENTENCES = [
    ("The keeper came in spring.", "Смотритель приехал весной."),
    ("He stayed on the island for life.", "Он остался на острове на всю жизнь."),
]
SHORT = [("NATO", "NATO"), ("1984", "1984"), ("OK", "Хорошо")]

GRIDS = [
    (SENTENCES, (0, 1, False)),
    ([(ru, en) for en, ru in SENTENCES], (1, 0, False)),
    ([*SENTENCES, *SHORT[:2]], (0, 1, False)),
    ([("English", "Русский"), *SENTENCES], (0, 1, True)),
    ([("Source", "Target"), ("cat", "кот")], (0, 1, True)),  # the header says what it is
    ([("1", en, ru, "ok") for en, ru in SENTENCES], (1, 2, False)),
    ([("cat", "кот"), ("dog", "собака")], None),  # names and their values, for all we know
    ([("getName", "Возвращает имя, которое пользователь ввёл в форме.")], None),
    ([("The keeper came in spring.", "The keeper left in autumn.")], None),
    ([("Он остался.", "Он уехал.")], None),
    ([("The keeper Петров came in spring, and Иванов left.", "Смотритель приехал.")], None),
    ([*SENTENCES[:1], ("It was late.", ""), ("It was dark.", ""), ("He slept.", "")], None),
    ([], None),
    ([("", "")], None),
    ([("One column only.",)], None),
]


@pytest.mark.parametrize(("rows", "columns"), GRIDS)
def test_which_columns_hold_the_languages(rows, columns):
    assert languages_of_columns(rows) == columns


def test_what_the_document_says_of_its_columns():
    assert languages_of_columns([("cat", "кот")], is_all=True) == (0, 1, False)
    assert languages_of_columns([("OK", "OK")], langs=["ru", "en-US"]) == (1, 0, False)


def as_html(rows, extra=""):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + f"</table>{extra}"


def from_html(page):
    return html.read(Raw("both.html", page.encode()))


def from_docx(rows):
    python_docx = pytest.importorskip("docx")
    document = python_docx.Document()
    document.add_heading("The Lighthouse / Маяк", level=1)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text  # a line break makes a paragraph
    stream = io.BytesIO()
    document.save(stream)
    return docx.read(Raw("both.docx", stream.getvalue()))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("read", [lambda rows: from_html(as_html(rows)), from_docx])
def test_rows_are_split_by_their_column(read, swapped):
    rows = [*SENTENCES, *SHORT]
    english, russian = split_by_language(read([row[::-1] for row in rows] if swapped else rows))
    assert texts(english)[-5:] == [en for en, _ in rows]
    assert texts(russian)[-5:] == [ru for _, ru in rows]
    assert {paragraph.kind for paragraph in english.paragraphs[-5:]} == {"cell"}


@pytest.mark.parametrize("read", [lambda rows: from_html(as_html(rows)), from_docx])
def test_header_rows_and_other_columns_are_counted(read):
    rows = [("No.", "English", "Russian"), *((str(n), *row) for n, row in enumerate(SENTENCES))]
    document = read(rows)
    assert texts(document)[-2:] == ["\t".join(row) for row in SENTENCES]
    assert document.left_out["header row"] == 1
    assert document.left_out["cell of other columns"] == 2


def test_a_cell_with_a_whole_article():
    left = "<p>The keeper came.</p><p>He read all day.</p><p>Then he slept.</p>"
    right = "<p>Смотритель приехал.</p><p>Он весь день читал, потом уснул.</p>"
    document = from_html(as_html([(left, right)]))
    assert texts(document) == [
        "The keeper came.\tСмотритель приехал.",
        "He read all day.\tОн весь день читал, потом уснул.",
        "Then he slept.\t",
    ]
    assert [paragraph.kind for paragraph in document.paragraphs] == ["text"] * 3
    english, russian = split_by_language(document)
    assert len(english.paragraphs) == 3
    assert len(russian.paragraphs) == 2


PAGES = [
    # rows of divisions, with and without what the page says of their languages
    "".join(f"<div class=row><div lang=en>{a}</div><div lang=ru>{b}</div></div>"
            for a, b in [*SENTENCES, *SHORT]),
    "".join(f"<div><div>{a}</div><div>{b}</div></div>" for a, b in [*SENTENCES, *SHORT]),
    "<ul>" + "".join(f"<li><p>{a}</p><p>{b}</p></li>" for a, b in SENTENCES) + "</ul>",
    # a page in two columns
    "<div style='display: flex'>{}{}</div>".format(
        *("<div>" + "".join(f"<p>{row[i]}</p>" for row in SENTENCES) + "</div>" for i in (0, 1))
    ),
    # a heading over the whole row
    "<table><tr><td colspan=2><h2>I</h2></td></tr>{}</table>".format(
        "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in SENTENCES)
    ),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_grids_of_pages(page):
    english, russian = split_by_language(from_html(page))
    left, right = ([text for text in texts(side) if text != "I"] for side in (english, russian))
    rows = list(zip(left, right, strict=True))
    assert rows in (SENTENCES, [*SENTENCES, *SHORT])


NO_ROWS = [
    as_html([("getName", "Возвращает имя."), ("setName", "Меняет имя.")],
            "<p>Методы объекта возвращают и меняют имя, а остальные методы его только читают."),
    "<blockquote><p>All that glitters is not gold.</p><p>Не всё золото, что блестит.</p>"
    "</blockquote><p>Эту строку Шекспира переводили много раз, и всегда немного по-разному.</p>",
    "<div><p>The keeper came in spring.</p><p>He stayed.</p></div>",
]  # fmt: skip


@pytest.mark.parametrize("page", NO_ROWS)
def test_what_is_no_row(page):
    assert not any("\t" in text for text in texts(from_html(page)))


def test_rows_among_other_paragraphs():
    """Cells go by their column, the paragraphs around them by their letters."""
    document = Document("x", tuple(map(Paragraph, [
        "The Lighthouse", "Маяк", "OK\tOK", "It was late, and nobody came.\tБыло поздно.",
        "Конец первой части.", "The end of part one.",
    ])))  # fmt: skip
    english, russian = split_by_language(document)
    assert texts(english)[1:] == ["OK", "It was late, and nobody came.", "The end of part one."]
    assert texts(russian) == ["Маяк", "OK", "Было поздно.", "Конец первой части."]


def test_a_bilingual_page_is_aligned_row_by_row(aligner, folder):
    rows = [*SENTENCES, *SHORT]
    (folder / "both.html").write_text("<h1>Маяк</h1>" + as_html(rows), encoding="utf-8")
    result = aligner("align", "both.html", "-o", "x.tsv")
    assert result.exit_code == 0
    lines = (folder / "x.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
    assert [tuple(line.split("\t")[:2]) for line in lines if "1-1" in line] == rows


def test_a_table_in_both_languages_inside_one_of_two_files(aligner, folder):
    """Its rows are read like other paragraphs; the tab makes no column of the TSV."""
    page = "<p>It was late. Nobody came to the station that night.</p>" * 5 + as_html(SENTENCES)
    (folder / "en.html").write_text(page, encoding="utf-8")
    result = aligner("align", "en.html", "night.ru.txt", "-o", "x.tsv")
    assert result.exit_code == 0
    lines = (folder / "x.tsv").read_text(encoding="utf-8").split("\n")[:-1]
    assert {line.count("\t") for line in lines} == {8}
