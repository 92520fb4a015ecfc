"""Subtitles: cues become sentences again."""

import pytest

from aligner.errors import InputError
from aligner.readers.files import read


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def srt(*cues):
    """Cues (start, stop, text) in seconds as a .srt file."""
    parts = [
        f"{n}\n00:00:{start:06.3f} --> 00:00:{stop:06.3f}\n{text}\n".replace(".", ",", 2)
        for n, (start, stop, text) in enumerate(cues, start=1)
    ]
    return "\n".join(parts)


PAGES = [
    # a sentence over three cues
    (
        srt((1, 3, "I never thought\nthat I would"), (3.1, 5, "see you"), (5.1, 6, "again.")),
        ["I never thought that I would see you again."],
    ),
    (
        srt((1, 3, "Я никогда не думал,"), (3.1, 5, "что снова"), (5.1, 6, "тебя увижу.")),
        ["Я никогда не думал, что снова тебя увижу."],
    ),
    # a pause ends a paragraph, but not a sentence
    (srt((1, 2, "First."), (2.1, 3, "Second."), (6, 7, "Third.")), ["First. Second.", "Third."]),
    (srt((1, 2, "Он ушёл и"), (6, 7, "не вернулся.")), ["Он ушёл и не вернулся."]),
    # speakers
    (srt((1, 2, "- Hi.\n- Hello."), (2.1, 3, "How are you?")), ["- Hi.", "- Hello. How are you?"]),
    (srt((1, 2, "– Привет.\n– Здравствуй,\nИван.")), ["– Привет.", "– Здравствуй, Иван."]),
    (srt((1, 2, "It was\n-5 degrees outside.")), ["It was -5 degrees outside."]),
    # tags, entities, positions
    (srt((1, 2, '<i>Он</i> <font color="#fff">и</font> {\\an8}она &amp; я')), ["Он и она & я"]),
    # sounds
    (srt((1, 2, "[music]"), (2.1, 3, "Hi.\n(sighs)\nBye.")), ["[music]", "Hi.", "(sighs)", "Bye."]),
    (srt((1, 2, "♪ La la ♪"), (2.1, 3, "Кто там?")), ["♪ La la ♪", "Кто там?"]),
    # out of order
    (srt((5, 6, "Second."), (1, 2, "First.")), ["First.", "Second."]),
]


@pytest.mark.parametrize(("content", "paragraphs"), PAGES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_paragraphs(tmp_path, content, paragraphs, encoding):
    path = written(tmp_path, "a.srt", content.replace("\n", "\r\n").encode(encoding))
    assert [p.text for p in read(path).paragraphs] == paragraphs


def test_windows_1251(tmp_path):
    content = srt((1, 2, "Съешь же ещё этих мягких"), (2.1, 3, "французских булок."))
    path = written(tmp_path, "a.srt", content.encode("cp1251"))
    assert read(path).paragraphs[0].text == "Съешь же ещё этих мягких французских булок."


VTT = """WEBVTT - A title

NOTE made by hand
over two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Fred>So what we have here

00:03.000 --> 00:03.010
So what we have here
is a rolling <c>caption</c>

00:03.010 --> 00:05.000
is a rolling caption
that says all twice.
"""


def test_webvtt_with_captions_that_roll_up(tmp_path):
    document = read(written(tmp_path, "a.vtt", VTT))
    assert [p.text for p in document.paragraphs] == [
        "So what we have here is a rolling caption that says all twice."
    ]
    assert document.left_out == {
        "timecode": 3, "tag": 2, "name of a voice": 1, "note or style": 2, "repeated line": 2,
    }  # fmt: skip


ASS = r"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,A remark
Dialogue: 0,0:00:01.00,0:00:02.00,Default,Anna,0,0,0,,{\pos(1,2)}Это\Nпросто {\b1}строка{\b0}.
Dialogue: 1,0:00:01.00,0:00:02.00,Default,Anna,0,0,0,,Это\Nпросто строка.
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 10 10{\p0}
"""


def test_advanced_substation(tmp_path):
    document = read(written(tmp_path, "a.ass", ASS))
    assert [p.text for p in document.paragraphs] == ["Это просто строка."]
    counts = {"comment": 1, "drawing": 1, "repeated cue": 1}
    assert document.left_out.items() >= counts.items()


def test_a_damaged_timecode_loses_no_text(tmp_path):
    content = srt((1, 2, "One."), (3, 4, "Two.")).replace("00:00:03,000 -->", "00:00:3:0 -->")
    document = read(written(tmp_path, "a.srt", content))
    assert " ".join(p.text for p in document.paragraphs) == "One. Two."
    assert document.left_out == {"damaged timecode": 1, "timecode": 1}


def test_the_name_may_lie(tmp_path):
    content = srt((1, 2, "One."))
    assert read(written(tmp_path, "a.txt", content)).paragraphs[0].text == "One."
    assert read(written(tmp_path, "b.srt", content)).paragraphs[0].text == "One."


def test_no_cue_at_all(tmp_path):
    with pytest.raises(InputError, match=r"a\.vtt: has no text in it; give a file with text"):
        read(written(tmp_path, "a.vtt", "WEBVTT\n\n"))


def test_no_subtitles_at_all(tmp_path):
    with pytest.raises(InputError, match=r"a\.srt: has no subtitles in it; they have lines such"):
        read(written(tmp_path, "a.srt", "Just a text.\n"))
