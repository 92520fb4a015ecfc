"""TSV, TMX and JSONL of other hands: what is tolerated, and what the errors say."""

import pytest

from aligner.errors import InputError
from aligner.records import Provenance, Span
from aligner.writers.jsonl import read_jsonl
from aligner.writers.tmx_reading import read_tmx
from aligner.writers.tsv import read_tsv


@pytest.fixture
def given_file(tmp_path):
    def make(content, suffix):
        path = tmp_path / f"given{suffix}"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return make


HI, BYE = ("Hi.", "Привет."), ("Bye.", "Пока.")
TSV_TEXTS = [
    ("source\ttarget\nHi.\tПривет.\n", [HI]),
    ("target\tnote\tsource\nПривет.\tok\tHi.\n", [HI]),
    ("\ufeffsource\ttarget\r\nHi.\tПривет.\r\n\r\nBye.\tПока.\r\n", [HI, BYE]),
    ('source\ttarget\n"a ""b"""\t"\n', [('a "b"', '"')]),
    # not quoted as in CSV: the quotes are the text's own and swallow no row
    ('source\ttarget\n"Hi" he\tОн "Да"\nBye.\tПока.', [('"Hi" he', 'Он "Да"'), BYE]),
    ('source\ttarget\n"Hi.\tПривет.\nBye.\tПока."\n', [('"Hi.', "Привет."), ("Bye.", 'Пока."')]),
    ("source\ttarget\nA\u2028B\tВ\x85Г\n", [("A\u2028B", "В\x85Г")]),
    ("source\ttarget\nA\rB\tВ\r\n", [("A\rB", "В")]),
    ("source\ttarget\n" + "x" * 1_000_000 + "\tя\n", [("x" * 1_000_000, "я")]),
]


@pytest.mark.parametrize(("content", "texts"), TSV_TEXTS)
def test_tsv_of_other_hands(given_file, content, texts):
    assert [(pair.src, pair.tgt) for pair in read_tsv(given_file(content, ".tsv"))] == texts


def test_without_positions_pairs_are_counted_through(given_file):
    content = "source\ttarget\tkind\nA B\tАБ\t2-1\nC\t\t\n\tД\t\nE\tЕ\t1-1\n"
    spans = [(p.src_span, p.tgt_span) for p in read_tsv(given_file(content, ".tsv"))]
    assert spans == [
        (Span(0, 2), Span(0, 1)),
        (Span(2, 3), Span(1, 1)),
        (Span(3, 3), Span(1, 2)),
        (Span(3, 4), Span(2, 3)),
    ]


def test_a_decimal_comma_of_a_russian_spreadsheet_is_a_number(given_file):
    [pair] = read_tsv(given_file("source\ttarget\tscore\nHi\tПривет\t0,75\n", ".tsv"))
    assert (pair.score, pair.probability) == (0.75, 1.0)


HEAD = "source\ttarget\tkind\tscore\tsource_start\tsource_stop\ttarget_start\ttarget_stop\n"
BAD_TSV = [
    ("", "line 1: no column source and target"),
    ("Hi.\tПривет.\n", "line 1: no column source and target in the header; the first line names"),
    ("source\tцель\nHi\tПривет\n", "line 1: no column target"),
    ("source\ttarget\nHi\n", r"line 2: 1 fields where the header has 2; write a tab .* as \\t"),
    ("source\ttarget\nHi\tПри\tвет\n", "line 2: 3 fields"),
    (HEAD + "Hi\tПривет\t1-1\tmany\t0\t1\t0\t1\n", "line 2: score is 'many', not a number"),
    (HEAD + "Hi\tПривет\t1-1\tnan\t0\t1\t0\t1\n", "line 2: score is 'nan', not a number"),
    (HEAD + "Hi\tПривет\t1-1\t0.5\t-1\t1\t0\t1\n", "source_start is '-1', not a count from 0"),
    (HEAD + "Hi\tПривет\t1-1\t0.5\t2\t1\t0\t1\n", "a position ends before it starts"),
    (HEAD + "Hi\tПривет\t1-1\t0.5\t\t1\t0\t1\n", "no value for source_start; give all four"),
    (HEAD + "Hi\tПривет\tone\t0.5\t\t\t\t\n", "line 2: 'one' is no kind of link"),
    ("source\ttarget\nHi\tПривет\n".encode("utf-16"), "not UTF-8 .*save the file as UTF-8"),
    ("source\ttarget\nHi\tПривет\n".encode("cp1251"), "not UTF-8"),
]


@pytest.mark.parametrize(("content", "message"), BAD_TSV)
def test_tsv_that_cannot_be_read(given_file, content, message):
    with pytest.raises(InputError, match=message):
        list(read_tsv(given_file(content, ".tsv")))


BAD_JSONL = [
    ("Hi\n", r"line 1: not JSON \(.*\); each line is one object"),
    ("[1, 2]\n", "line 1: not a JSON object"),
    ('{"source": "a", "target": "б"}\n{"source": "a"}\n', "line 2: no text in 'target'"),
    ('{"source": "a", "target": 5}\n', "line 1: no text in 'target'"),
    ('{"source": "a", "target": "б", "score": true}\n', "score is 'True', not a number"),
]


@pytest.mark.parametrize(("content", "message"), BAD_JSONL)
def test_jsonl_that_cannot_be_read(given_file, content, message):
    with pytest.raises(InputError, match=message):
        list(read_jsonl(given_file(content, ".jsonl")))


@pytest.mark.parametrize("read", [read_tsv, read_tmx, read_jsonl])
def test_missing_files_and_folders(tmp_path, read):
    with pytest.raises(InputError, match=r"none: cannot be read \(No such file.*check the name"):
        list(read(tmp_path / "none"))
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory"):
        list(read(tmp_path))


def tmx(units, header='srclang="en"', doctype=""):
    return (
        f'<?xml version="1.0"?>{doctype}<tmx version="1.4"><header {header}/>'
        f"<body>{units}</body></tmx>"
    )


def tu(*variants, unit=""):
    texts = "".join(f'<tuv xml:lang="{lang}"><seg>{seg}</seg></tuv>' for lang, seg in variants)
    return f"<tu {unit}>{texts}</tu>"


TMX_TEXTS = [
    (tmx(tu(("en", "Hi."), ("ru", "Привет."))), ("en", "Hi."), ("ru", "Привет.")),
    (tmx(tu(("ru", "Привет."), ("en", "Hi."))), ("en", "Hi."), ("ru", "Привет.")),
    (tmx(tu(("RU-RU", "Привет."), ("en_US", "Hi."))), ("en", "Hi."), ("ru", "Привет.")),
    (tmx(tu(("en", "Hi."), ("ru", "Привет.")), 'srclang="ru"'), ("ru", "Привет."), ("en", "Hi.")),
    (tmx(tu(("en", "Hi."), ("ru", "Да."), unit='srclang="ru"')), ("ru", "Да."), ("en", "Hi.")),
    (tmx(tu(("ru", "Да."), ("en", "Hi.")), 'srclang="*all*"'), ("ru", "Да."), ("en", "Hi.")),
    (tmx(tu(("en", "Hi."), ("fr", "Oui."), ("ru", "Да."))), ("en", "Hi."), ("ru", "Да.")),
    (tmx(tu(("de", "Ja."), ("fr", "Oui.")), 'srclang="fr"'), ("fr", "Oui."), ("de", "Ja.")),
    (tmx(tu(("en", "Hi."))), ("en", "Hi."), ("", "")),
    (tmx(tu(("ru", "Да."))), ("en", ""), ("ru", "Да.")),
    (tmx(tu(("en", "a <bpt i='1'>&lt;b></bpt>b<ept i='1'>&lt;/b></ept> <ph>{0}</ph><hi>c</hi> d"),
            ("ru", "а<!-- нет --> б"))), ("en", "a b c d"), ("ru", "а б")),
    (tmx(tu(("en", "\n  Hi\n  there.\n"), ("ru", " Да. "))), ("en", "Hi there."), ("ru", "Да.")),
    (tmx(tu(("en", "Hi."), ("ru", "Да.")), doctype='<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/t.dtd">'),
     ("en", "Hi."), ("ru", "Да.")),
]  # fmt: skip


@pytest.mark.parametrize(("content", "src", "tgt"), TMX_TEXTS)
def test_tmx_of_other_tools(given_file, content, src, tgt):
    [pair] = read_tmx(given_file(content, ".tmx"))
    assert (pair.provenance.src_lang, pair.src) == src
    assert (pair.provenance.tgt_lang, pair.tgt) == tgt
    assert pair.provenance == Provenance(src_lang=src[0], tgt_lang=tgt[0])


def test_tmx_in_utf_16(given_file):
    content = tmx(tu(("en", "Hi."), ("ru", "Привет."))).replace("?>", ' encoding="UTF-16"?>', 1)
    [pair] = read_tmx(given_file(content.encode("utf-16"), ".tmx"))
    assert pair.tgt == "Привет."


FILE = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "/etc/hostname">]>'
LAUGHS = '<!ENTITY e0 "ha">' + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
)
BAD_TMX = [
    ("", "not well-formed XML .*repair the file"),
    ("source\ttarget\n", "not well-formed XML"),
    ("<html><body/></html>", "not a TMX file: its root is <html>, not <tmx>"),
    (tmx(tu(("en", "AT&T"), ("ru", "Да."))), "not well-formed XML .*EntityRef"),
    (tmx(tu(("en", "a\x02b"), ("ru", "Да."))), "not well-formed XML .*line 1"),
    (tmx(tu(("en", "Hi."), ("ru", "Да.")))[:-20], "not well-formed XML"),
    (tmx("<tu><note>x</note></tu>"), "line 1: a unit without a text; each <tu> needs a <tuv>"),
    (tmx(tu(("en", "&x;")), doctype=FILE), "the entity &x; is not resolved, for safety"),
    (
        tmx(tu(("en", "&e9;")), doctype=f"<!DOCTYPE tmx [{LAUGHS}]>"),
        "e9; is not resolved|not well-formed XML .*(amplif|loop)",  # by the release of libxml2
    ),
    (
        tmx('<tu><prop type="x-score">high</prop><tuv xml:lang="en"><seg>Hi</seg></tuv></tu>'),
        "line 1: score is 'high', not a number",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BAD_TMX)
def test_tmx_that_cannot_be_read(given_file, content, message):
    with pytest.raises(InputError, match=message):
        list(read_tmx(given_file(content, ".tmx")))
