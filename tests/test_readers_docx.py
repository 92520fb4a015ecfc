"""Word documents, made by python-docx and then given what only Word itself makes."""

import io
import zipfile

import pytest

from aligner.errors import InputError
from aligner.readers import docx
from aligner.readers.decode import Raw

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XMLNS = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


@pytest.fixture
def new():
    """An empty document of python-docx, and its bytes when it is written."""
    python_docx = pytest.importorskip("docx")
    return python_docx.Document()


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document, name="text.docx"):
    data = document if isinstance(document, bytes) else saved(document)
    return docx.read(Raw(name, data))


def shown(document):
    return [f"{paragraph.kind}: {paragraph.text}" for paragraph in document.paragraphs]


def with_body(document, xml):
    """The document with this XML before its last section."""
    from docx.oxml import parse_xml

    body = document.element.body
    for element in parse_xml(f"<w:body {XMLNS}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return document


def changed(data, member, old, new):
    """The bytes of an archive with a member changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == member:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()


def test_what_people_write(new):
    new.add_heading("Маяк", level=0)
    new.add_heading("Часть первая", level=1)
    new.add_paragraph("Смотритель приехал весной.")
    new.add_paragraph("масло", style="List Bullet")
    new.add_paragraph("спички", style="List Number")
    new.add_paragraph("Light is life.", style="Quote")
    new.add_paragraph("Рис. 1. Маяк", style="Caption")
    table = new.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Высота", "31 м"
    paragraph = new.add_paragraph("Конец")
    paragraph.add_run(" первой").bold = True
    paragraph.add_run(" части.")
    document = read(new)
    assert shown(document) == [
        "heading: Маяк", "heading: Часть первая", "text: Смотритель приехал весной.",
        "item: масло", "item: спички", "quote: Light is life.", "caption: Рис. 1. Маяк",
        "cell: Высота", "cell: 31 м", "text: Конец первой части.",
    ]  # fmt: skip
    assert document.left_out == {}


STYLES = [
    ("Заголовок 1", "heading"),
    ("Название", "heading"),
    ("Подзаголовок", "heading"),
    ("Heading 7", "heading"),
    ("Цитата 2", "quote"),
    ("Block Text", "quote"),
    ("Название объекта", "caption"),
    ("Маркированный список", "item"),
    ("List Paragraph", "text"),  # Word gives it to any indented paragraph
    ("Основной текст", "text"),
]
LIST = '<w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(("name", "kind"), STYLES)
def test_styles_by_name(new, name, kind):
    from docx.enum.style import WD_STYLE_TYPE

    known = {style.name for style in new.styles}
    style = new.styles[name] if name in known else new.styles.add_style(name, WD_STYLE_TYPE(1))
    new.styles.add_style("Own", WD_STYLE_TYPE(1)).base_style = style
    new.add_paragraph("Раз.", style=name)
    new.add_paragraph("Два.", style="Own")
    assert shown(read(new)) == [f"{kind}: Раз.", f"{kind}: Два."]


def test_headings_by_outline_level(new):
    properties = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
    for level in (1, 9):
        with_body(new, f"<w:p>{properties.format(level)}<w:r><w:t>x</w:t></w:r></w:p>")
    assert shown(read(new)) == ["heading: x", "text: x"]


def test_a_paragraph_taken_out_of_its_list(new):
    for number in (0, 7):
        with_body(new, f"<w:p>{LIST.format(number)}<w:r><w:t>x</w:t></w:r></w:p>")
    assert shown(read(new)) == ["text: x", "item: x"]


def runs(xml):
    return f"<w:p>{xml}</w:p>"


INSIDE = [  # the XML of a paragraph, what comes out, what is left out
    ("<w:r><w:t>сло</w:t></w:r><w:r><w:t xml:space='preserve'>во и </w:t></w:r><w:r><w:t>дело</w:t>"
     "</w:r>", ["text: слово и дело"], {}),
    ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", ["text: one two"], {}),
    ("<w:r><w:t>кто</w:t><w:noBreakHyphen/><w:t>то и до</w:t><w:softHyphen/><w:t>ма</w:t></w:r>",
     ["text: кто-то и дома"], {}),
    ("<w:r><w:t>wrapped</w:t><w:br/><w:t>by hand</w:t></w:r>", ["text: wrapped by hand"], {}),
    ("<w:r><w:t>Буря мглою</w:t><w:br/><w:t>Небо кроет</w:t></w:r>",
     ["verse: Буря мглою\nНебо кроет"], {}),
    ("<w:r><w:t>One.</w:t><w:br w:type='page'/><w:t>two</w:t></w:r>", ["text: One.", "text: two"],
     {}),
    ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", ["text: link"], {}),
    ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", ["text: field"],
     {}),
    ("<w:fldSimple w:instr='DATE'><w:r><w:t>1 мая</w:t></w:r></w:fldSimple>", ["text: 1 мая"], {}),
    ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
     "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>site</w:t></w:r>"
     "<w:r><w:fldChar w:fldCharType='end'/></w:r>", ["text: site"], {}),
    ("<w:r><w:t>Стало</w:t></w:r><w:del><w:r><w:delText>было</w:delText></w:r></w:del>"
     "<w:ins><w:r><w:t> так</w:t></w:r></w:ins>", ["text: Стало так"], {"deleted text": 1}),
    ("<w:moveFrom><w:r><w:t>there</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r>"
     "</w:moveTo>", ["text: here"], {"deleted text": 1}),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайна</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/>"
     "</w:rPr><w:t>явь</w:t></w:r>", ["text: явь"], {"hidden text": 1}),
    ("<w:r><w:t>x = </w:t></w:r><m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>", ["text: x ="],
     {"drawing or formula": 1}),
    ("<w:r><w:t>Ok</w:t><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", ["text: Ok"],
     {"symbol": 1}),
    ("<w:r><w:drawing><wp:docPr id='1' name='x' descr='photo'/></w:drawing><w:t>Text</w:t></w:r>",
     ["text: Text"], {"image": 1}),
    ("<w:r><w:drawing><wp:docPr id='1' name='x' descr='Маяк на скале.'/></w:drawing></w:r>",
     ["caption: Маяк на скале."], {}),
    ("<w:r><w:t>a\u200bb</w:t></w:r>", ["text: ab"], {"invisible mark": 1}),
    ("<w:bookmarkStart w:id='1' w:name='x'/><w:r><w:rPr><w:b/></w:rPr><w:t>В</w:t></w:r><w:r>"
     "<w:lastRenderedPageBreak/><w:t>от</w:t></w:r>", ["text: Вот"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "paragraphs", "left_out"), INSIDE)
def test_inside_a_paragraph(new, xml, paragraphs, left_out):
    document = read(with_body(new, runs(xml)))
    assert shown(document) == paragraphs
    assert document.left_out == left_out


def test_a_text_box_comes_once_and_after_its_paragraph(new):
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        "<w:r><w:t>Before</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        "<w:t> and after.</w:t></w:r>"
    )
    assert shown(read(with_body(new, runs(xml)))) == [
        "text: Before and after.",
        "text: In the box.",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on(new):
    deleted = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    first = f"<w:p>{deleted}<w:r><w:t xml:space='preserve'>Он встал </w:t></w:r></w:p>"
    xml = first + runs("<w:r><w:t>и вышел.</w:t></w:r>") + first
    assert shown(read(with_body(new, xml))) == ["text: Он встал и вышел.", "text: Он встал"]


def test_code_and_contents_are_left_out(new):
    from docx.enum.style import WD_STYLE_TYPE

    for name in ("Source Code", "toc 1"):
        new.styles.add_style(name, WD_STYLE_TYPE(1))
    for name, text in [("toc 1", "Глава 1\t3"), (None, "Код:"), ("Source Code", "x = 1"),
                       ("Source Code", "y = 2"), (None, "Всё.")]:  # fmt: skip
        new.add_paragraph(text, style=name)
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{runs('<w:r><w:t>Глава 2</w:t></w:r>')}</w:sdtContent></w:sdt>"
    )
    document = read(with_body(new, control))
    assert shown(document) == ["text: Код:", "text: Всё."]
    assert document.left_out == {"line of the table of contents": 2, "code block": 1}


def test_headers_footers_and_comments_are_counted(new):
    new.sections[0].header.paragraphs[0].text = "Роман"
    new.sections[0].footer.paragraphs[0].text = "стр. 1"
    paragraph = new.add_paragraph("Текст.")
    new.add_comment(paragraph.runs, text="Проверить!", author="Я", initials="Я")
    document = read(new)
    assert shown(document) == ["text: Текст."]
    assert document.left_out == {"header or footer": 2, "comment": 1}


def test_layout_tables_and_tables_within_tables(new):
    outer = new.add_table(rows=1, cols=2)
    left, right = outer.rows[0].cells
    left.text = "Первый абзац."
    left.add_paragraph("Второй абзац.")
    right.add_table(rows=1, cols=1).cell(0, 0).text = "внутри"
    assert shown(read(new)) == ["text: Первый абзац.", "text: Второй абзац.", "cell: внутри"]


def test_a_deleted_row(new):
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    deleted = "<w:trPr><w:del w:id='1'/></w:trPr>"
    document = read(
        with_body(new, f"<w:tbl>{row.format('', 'kept')}{row.format(deleted, 'gone')}</w:tbl>")
    )
    assert shown(document) == ["cell: kept"]
    assert document.left_out == {"deleted text": 1}


TYPES = "[Content_Types].xml"
MAIN_TYPE = b"wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("a.docm", b"ms-word.document.macroEnabled.main+xml"),
        ("a.dotx", b"wordprocessingml.template.main+xml"),
    ],
)
def test_templates_and_files_with_macros(new, name, type_):
    new.add_paragraph("Текст.")
    assert shown(read(changed(saved(new), TYPES, MAIN_TYPE, type_), name)) == ["text: Текст."]


def test_the_strict_variant_of_the_format(new):
    new.add_heading("Title", level=1)
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = saved(new)
    for member in ("word/document.xml", "word/styles.xml"):
        data = changed(data, member, W.encode(), strict)
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    new_type = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    assert shown(read(changed(data, "_rels/.rels", old, new_type))) == ["heading: Title"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
REFUSED = [
    (OLE, r"is an old Word file \(\.doc\); open it in a word processor and save it as \.docx"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), r"is protected with a password; open it in"),
    (b"{\\rtf1 text}", r"looks like an RTF document, not like a Word file; save it as \.docx"),
    (b"PK\x03\x04 and nonsense", r"is a broken ZIP archive"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_files_that_are_no_docx(data, message):
    with pytest.raises(InputError, match=rf"^text\.docx: {message}"):
        read(data)


def test_archives_that_are_no_word_document(new):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match=r"is a ZIP archive but no Word document; give a \.docx"):
        read(stream.getvalue())
    sheet = changed(saved(new), "word/document.xml", b"w:document", b"w:workbook")
    with pytest.raises(InputError, match=r"is an Office file but no Word document; give a \.docx"):
        read(sheet)


def test_a_document_with_entities_of_its_own(new):
    new.add_paragraph("x")
    entity = b"<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><w:document"
    data = changed(saved(new), "word/document.xml", b"<w:document", entity)
    with pytest.raises(InputError, match=r"^text\.docx: word/document\.xml: declares entities of"):
        read(data)


def test_a_damaged_part(new):
    new.add_paragraph("x")
    data = changed(saved(new), "word/document.xml", b"</w:body>", b"")
    with pytest.raises(InputError, match=r"word/document\.xml: is not well-formed XML .*; save"):
        read(data)


def test_an_empty_document(new):
    assert read(new).paragraphs == ()
    new.add_paragraph("   ")
    assert read(new).paragraphs == ()


def test_styles_that_are_based_on_each_other(new):
    """Word repairs such files without a word; here, too, they are read."""
    from docx.enum.style import WD_STYLE_TYPE

    a, b = (new.styles.add_style(name, WD_STYLE_TYPE(1)) for name in ("A", "B"))
    a.base_style, b.base_style = b, a
    new.add_paragraph("Текст.", style="A")
    assert shown(read(new)) == ["text: Текст."]
