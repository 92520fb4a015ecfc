"""What stands in a TMX file, unit by unit."""

import io
from dataclasses import replace

import pytest
from lxml import etree

from aligner.records import Pair, Provenance, Span
from aligner.writers.tmx import XML_LANG, write_tmx
from aligner.writers.tmx_reading import read_tmx

MADE_BY = Provenance("a.en.md", "a.ru.md", "en", "ru", "toy", "enc:toy|v:0.1.0")


def one(src, tgt, src_span=(0, 1), tgt_span=(0, 1), made_by=MADE_BY):
    return Pair(src, tgt, Span(*src_span), Span(*tgt_span), 0.75, 0.5, made_by)


def written(*pairs, created=None):
    """The file's bytes and how many characters were dropped."""
    stream = io.BytesIO()
    dropped = write_tmx(pairs, stream, "0.1.0", created)
    return stream.getvalue(), dropped


def units(*pairs):
    return list(etree.fromstring(written(*pairs)[0]).iter("tu"))


def test_a_whole_file():
    text, dropped = written(one("Fish & chips.", "Рыба."), one("A. B.", "АБ.", (1, 3), (1, 2)))
    assert dropped == 0
    assert (
        text.decode("utf-8")
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="aligner" creationtoolversion="0.1.0" segtype="sentence" o-tmf="aligner"\
 adminlang="en" srclang="en" datatype="plaintext">
<prop type="x-encoder">toy</prop>
<prop type="x-settings">enc:toy|v:0.1.0</prop>
<prop type="x-target-lang">ru</prop>
</header>
<body>
<tu>
<prop type="x-kind">1-1</prop>
<prop type="x-score">0.7500</prop>
<prop type="x-probability">0.5000</prop>
<prop type="x-source-document">a.en.md</prop>
<prop type="x-target-document">a.ru.md</prop>
<prop type="x-source-sentences">0:1</prop>
<prop type="x-target-sentences">0:1</prop>
<tuv xml:lang="en"><seg>Fish &amp; chips.</seg></tuv>
<tuv xml:lang="ru"><seg>Рыба.</seg></tuv>
</tu>
<tu segtype="block">
<prop type="x-kind">2-1</prop>
<prop type="x-score">0.7500</prop>
<prop type="x-probability">0.5000</prop>
<prop type="x-source-document">a.en.md</prop>
<prop type="x-target-document">a.ru.md</prop>
<prop type="x-source-sentences">1:3</prop>
<prop type="x-target-sentences">1:2</prop>
<tuv xml:lang="en"><seg>A. B.</seg></tuv>
<tuv xml:lang="ru"><seg>АБ.</seg></tuv>
</tu>
</body></tmx>
"""
    )


@pytest.mark.parametrize(
    ("pair", "texts"),
    [
        (one("Only here.", "", (0, 1), (0, 0)), [("en", "Only here.")]),
        (one("", "Только тут.", (0, 0), (0, 1)), [("ru", "Только тут.")]),
    ],
)
def test_a_sentence_without_a_partner_is_a_unit_in_one_language(pair, texts):
    [unit] = units(pair)
    assert [(tuv.get(XML_LANG), tuv.findtext("seg")) for tuv in unit.iter("tuv")] == texts


SEGS = [
    ("edges", " \u00a0Привет. \n", "Привет.", 0),
    ("a line break", "Раз,\nдва,\r\n  три.", "Раз, два, три.", 0),
    ("NBSP inside", "5\u00a0кг", "5\u00a0кг", 0),
    ("control characters", "a\x00б\x07в\x1b", "aбв", 3),
    ("a form feed", "раз\x0cдва", "раз два", 1),
    ("no characters", "a\ufffe\uffff\ud800б", "aб", 3),
    ("references", "&#0; &#x1F; ]]> <!--", "&#0; &#x1F; ]]> <!--", 0),
]


@pytest.mark.parametrize(
    ("text", "seg", "dropped"), [row[1:] for row in SEGS], ids=[r[0] for r in SEGS]
)
def test_a_seg_holds_what_xml_can_carry_on_one_line(text, seg, dropped):
    content, count = written(one("Hi.", text))
    assert etree.fromstring(content).xpath("//tuv[2]/seg")[0].text == seg
    assert count == dropped


def test_a_pair_of_nothing_but_control_characters_makes_no_empty_unit():
    content, dropped = written(one("\x01", "\x02\x03"), one("Hi.", "Привет."))
    assert len(etree.fromstring(content).findall("body/tu")) == 1
    assert dropped == 3


def test_names_are_cleaned_too():
    [unit] = units(one("Hi.", "Привет.", made_by=replace(MADE_BY, src_name="a\x01<b>.md")))
    assert unit.findtext("prop[@type='x-source-document']") == "a<b>.md"


def test_what_made_a_unit_stands_in_it_only_where_the_header_says_otherwise(tmp_path):
    other = replace(MADE_BY, encoder="labse", settings="enc:labse|v:0.1.0")
    unknown = replace(MADE_BY, encoder="", settings="")
    pairs = [one("a", "а"), one("b", "б", made_by=other), one("c", "в", made_by=unknown)]
    content, _ = written(*pairs)
    assert content.count(b"x-encoder") == 3
    (tmp_path / "p.tmx").write_bytes(content)
    assert list(read_tmx(tmp_path / "p.tmx")) == pairs


def test_unknown_languages_are_und_and_come_back_unknown(tmp_path):
    pairs = [
        one("Guten Tag.", "Bonjour.", made_by=Provenance()),
        one("", "Salut.", (1, 1), (1, 2), made_by=Provenance()),
        one("Ja.", "", (1, 2), (2, 2), made_by=Provenance()),
    ]
    content, _ = written(*pairs)
    assert b'srclang="und"' in content
    assert content.count(b'xml:lang="und"') == 4
    (tmp_path / "p.tmx").write_bytes(content)
    assert list(read_tmx(tmp_path / "p.tmx")) == pairs


def test_a_date_stands_there_only_when_one_is_given():
    assert b"date" not in written(one("a", "а"))[0]
    assert b' creationdate="20261124T000000Z"' in written(created="20261124T000000Z")[0]


def test_units_are_written_as_they_come():
    stream = io.BytesIO()

    def pairs():
        for number in range(2_000):
            if number == 1_999:
                assert stream.getvalue().count(b"<tu>") > 1_000  # not held back to the end
            yield one("Hi.", "Привет.", (number, number + 1), (number, number + 1))

    write_tmx(pairs(), stream, "0.1.0")
    assert stream.getvalue().count(b"<tu>") == 2_000
