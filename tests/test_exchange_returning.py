"""An XLIFF that went out of a memory and comes back reviewed, edited by a real program."""

import subprocess
import sys

import pytest
from lxml import etree

import aligner as library
from aligner.exchange.reports import Review
from aligner.exchange.xliff_in import WHO, read_returned
from aligner.memory.adding import add
from aligner.memory.cleaning import CleanSettings
from aligner.memory.history import merge
from aligner.memory.units import Entry, NewDocument
from aligner.records import Pair, Provenance, Span
from tests.interrupted_adding import content, faults

SENT, BACK = "2026-11-24", "2026-11-25"
TEXTS = [
    ("The night train was late.", "Ночной поезд опоздал."),
    ("R&D <b> costs.", "Затраты на ОКР."),
    ("Yes.", "Да."),
    ("Nobody slept.", ""),
]
VERSIONS = pytest.mark.parametrize("version", ["1.2", "2.1"])


def entry(src, tgt, at):
    made_by = Provenance("a.en.md", "a.ru.md", "en", "ru", "toy", "enc:toy")
    return Entry(Pair(src, tgt, Span(at, at + 1), Span(at, at + bool(tgt)), 0.7, 0.95, made_by))


def fill(memory, texts=TEXTS, name="article.md", date="20261124T000000Z"):
    made = [entry(src, tgt, at) for at, (src, tgt) in enumerate(texts)]
    return add(memory.store, NewDocument(name, repr(texts)), made, date)


@pytest.fixture
def memory(tmp_path):
    with library.Memory.open(tmp_path / "work.tm") as opened:
        fill(opened)
        yield opened


@pytest.fixture
def sent(memory, tmp_path):
    """Exports; returns where the file is."""

    def export(version="1.2"):
        memory.export(tmp_path / "review.xlf", date=SENT, xliff=version)
        return tmp_path / "review.xlf"

    return export


TOOLKIT = """
import sys
from translate.storage import {storage}
path, *edits = sys.argv[1:]
file = {storage}.{name}.parsefile(path)
edited = dict(zip(edits[::2], edits[1::2]))
for unit in file.units:
    if unit.source in edited:
        unit.target = edited[unit.source] or unit.target
        unit.markapproved()
file.save()
"""


def edited_by_toolkit(path, version, edits):
    """Approves units by their source, with another target or ("") as they are."""
    pytest.importorskip("translate", reason="translate-toolkit is not installed")
    storage, name = ("xliff", "xlifffile") if version == "1.2" else ("xliff2", "Xliff2File")
    script = TOOLKIT.format(storage=storage, name=name)
    arguments = [part for edit in edits.items() for part in edit]
    line = [sys.executable, "-c", script, str(path), *arguments]  # GPL: a program of its own
    subprocess.run(line, check=True, capture_output=True)
    return path


def reviewed(path, version, edits):
    """The same without the seconds that the start of a program takes."""
    tree = etree.parse(str(path))
    for unit in tree.iter("{*}trans-unit", "{*}segment"):
        source, target = unit.find("{*}source"), unit.find("{*}target")
        if source.text in edits:
            if target is None:
                target = etree.SubElement(unit, etree.QName(source.tag[1:].split("}")[0], "target"))
            target.text = edits[source.text] or target.text
            unit.set("state", "final") if version == "2.1" else unit.set("approved", "yes")
    tree.write(str(path), encoding="UTF-8", xml_declaration=True)
    return path


def back(memory, path):
    done = memory.import_file(path, date=BACK)
    assert done.unreadable == 0
    assert faults(memory.store.path, 0)[: len(memory.documents())] == [
        f"{one.name}: {one.units}" for one in memory.documents()
    ]
    return done


def texts(memory):
    return [(unit.src, unit.tgt) for unit in memory.units()]


def history(memory):
    return [(one.document, one.src, one.tgt, one.reason) for one in memory.history()]


@VERSIONS
def test_an_edited_file_confirms_and_changes_its_units(memory, sent, version):
    edits = {
        "Yes.": "",
        TEXTS[0][0]: "Ночной поезд пришёл поздно.",
        "Nobody slept.": "Не спал никто.",
    }
    done = back(memory, edited_by_toolkit(sent(version), version, edits))
    assert done.review == Review(confirmed=1, changed=2, same=1)
    assert done.change.new == 0
    assert texts(memory) == [
        (TEXTS[0][0], "Ночной поезд пришёл поздно."),
        TEXTS[1],
        TEXTS[2],
        ("Nobody slept.", "Не спал никто."),
    ]
    assert [(u.entry.confirmed_by, u.pair.kind, u.document) for u in memory.units()] == [
        (WHO, "1-1", "article.md"),
        ("", "1-1", "article.md"),
        (WHO, "1-1", "article.md"),
        (WHO, "1-1", "article.md"),
    ]
    assert history(memory) == [
        ("article.md", *TEXTS[0], "review"),
        ("article.md", *TEXTS[3], "review"),
    ]
    assert [match.percent for match in memory.matches("ночной поезд пришёл поздно")] == [80]
    assert memory.concordance("опоздал").hits == ()


@VERSIONS
def test_the_same_file_again_changes_nothing(memory, sent, version):
    path = reviewed(sent(version), version, {"Yes.": "", "Nobody slept.": "Не спал никто."})
    back(memory, path)
    before = content(memory.store.path)
    assert back(memory, path).review == Review(same=4)
    assert content(memory.store.path) == before


@VERSIONS
def test_a_file_that_nobody_touched_changes_nothing(memory, sent, version):
    before = content(memory.store.path)
    assert back(memory, sent(version)).review == Review(same=4)
    assert content(memory.store.path) == before


def test_what_a_reviewer_did_not_touch_undoes_nothing(memory, sent, tmp_path):
    """Two reviewers have the same export; the second has changed another unit."""
    first = sent().rename(tmp_path / "first.xlf")
    second = sent().rename(tmp_path / "second.xlf")
    back(memory, reviewed(first, "1.2", {"Yes.": "Ага."}))
    done = back(memory, reviewed(second, "1.2", {"Nobody slept.": "Никто не спал."}))
    assert done.review == Review(changed=1, same=3)
    assert dict(texts(memory))["Yes."] == "Ага."
    assert dict(texts(memory))["Nobody slept."] == "Никто не спал."


def test_two_reviewers_change_one_unit(memory, sent, tmp_path):
    first = sent().rename(tmp_path / "first.xlf")
    second = sent().rename(tmp_path / "second.xlf")
    back(memory, reviewed(first, "1.2", {"Yes.": "Ага."}))
    assert back(memory, reviewed(second, "1.2", {"Yes.": "Так."})).review == Review(
        overwritten=1, same=3
    )
    assert [one[2] for one in history(memory)] == ["Да.", "Ага."]


def test_units_of_a_document_that_has_a_new_version(memory, sent):
    path = reviewed(sent(), "1.2", {"Yes.": "Ага.", TEXTS[1][0]: "Расходы на ОКР."})
    fill(memory, [TEXTS[0], TEXTS[1]])  # without "Yes."
    done = back(memory, path)
    assert (done.review, done.change.new) == (Review(changed=1, same=2), 1)
    assert [(u.document, u.tgt) for u in memory.units()] == [
        ("article.md", TEXTS[0][1]),
        ("article.md", "Расходы на ОКР."),
        ("review.xlf", "Ага."),  # nothing is lost
    ]
    again = back(memory, path)
    assert (again.review, again.change.outcome, again.change.new) == (
        Review(same=3),
        "unchanged",
        0,
    )


def test_a_changed_unit_that_stood_for_duplicates(memory, sent):
    fill(memory, [TEXTS[2]], "b.md")
    memory.clean(CleanSettings(reasons=frozenset({"duplicate"})))
    done = back(memory, reviewed(sent(), "1.2", {"Yes.": "Ага."}))
    assert done.review == Review(changed=1, same=3, back=1)
    assert [(u.document, u.tgt) for u in memory.units() if u.src == "Yes."] == [
        ("article.md", "Ага."),
        ("b.md", "Да."),
    ]


def test_a_unit_that_was_merged_meanwhile_is_confirmed_where_it_is(memory, sent):
    fill(memory, [TEXTS[2]], "b.md")
    path = reviewed(sent(), "1.2", {"Yes.": ""})
    with memory.store.transaction() as connection:  # b's unit stands for article's
        merge(connection, {3: 5}, "duplicate", "20261125T000000Z")
    assert back(memory, path).review == Review(confirmed=1, same=4)
    [yes] = [unit for unit in memory.units() if unit.src == "Yes."]
    assert (yes.document, yes.entry.confirmed_by) == ("b.md", WHO)


def test_another_memory_takes_the_units_for_new_ones(memory, sent, tmp_path):
    path = reviewed(sent(), "1.2", {"Yes.": "Ага."})
    with library.Memory.open(tmp_path / "other.tm") as other:
        fill(other, [("Other.", "Другое.")])  # its unit 1, of a document of the same name
        done = other.import_file(path)
        assert (done.review, done.change.new, len(other)) == (None, 4, 5)


def test_an_emptied_target_and_a_changed_source(memory, sent):
    path = sent()
    text = path.read_text(encoding="utf-8").replace(">Да.</target>", "></target>")
    path.write_text(text.replace("night train", "day train"), encoding="utf-8")
    done = back(memory, path)
    assert (done.review, done.change.new) == (Review(same=2, emptied=1), 1)
    assert dict(texts(memory))["Yes."] == "Да."
    assert dict(texts(memory))["The day train was late."] == "Ночной поезд опоздал."


TAGGED = (
    '<tu><tuv xml:lang="en"><seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept>.'
    '</seg></tuv><tuv xml:lang="ru"><seg>Нажмите <bpt i="1">&lt;b&gt;</bpt>ОК'
    '<ept i="1">&lt;/b&gt;</ept>.</seg></tuv></tu>'
)


@VERSIONS
def test_tags_are_no_change_and_come_back_in_a_changed_text(memory, tmp_path, version):
    text = f'<tmx version="1.4"><header srclang="en"/><body>{TAGGED}</body></tmx>'
    (tmp_path / "tagged.tmx").write_text(text, encoding="utf-8")
    memory.import_file(tmp_path / "tagged.tmx")
    path = tmp_path / "tagged.xlf"
    memory.export(path, xliff=version)
    assert back(memory, path).review == Review(same=5)
    path.write_text(path.read_text("utf-8").replace("Нажмите ", "Нажми "), encoding="utf-8")
    assert back(memory, path).review == Review(changed=1, same=4)
    [unit] = [unit for unit in memory.units() if unit.src == "Press OK."]
    assert unit.tgt == "Нажми ОК."
    assert unit.entry.tgt_markup is not None
    assert unit.entry.tgt_markup.count("&lt;b&gt;") == 1
    assert unit.entry.src_markup is not None


SPLIT = """<?xml version="1.0"?><xliff version="2.1" srcLang="en" trgLang="ru"
 xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f" original="a"><unit id="u7">
<segment state="final"><source>It <ph id="1"/>rained.</source>
<target>Шёл <ph id="1"/>дождь.</target></segment><ignorable><source> </source></ignorable>
<segment state="final"><source>Yes.</source><target>Да.</target></segment>
</unit></file></xliff>"""


def test_a_unit_that_a_tool_has_cut_is_whole_again(tmp_path):
    path = tmp_path / "split.xlf"
    path.write_text(SPLIT, encoding="utf-8")
    [unit] = read_returned(path, pytest.fail)
    assert (unit.id, unit.original, unit.confirmed) == ("u7", "a", True)
    assert (unit.src, unit.tgt) == ("It rained. Yes.", "Шёл дождь. Да.")
    assert unit.tgt_markup == 'Шёл <ph x="1"/>дождь. Да.'
    path.write_text(SPLIT.replace("<target>Да.</target>", ""), encoding="utf-8")
    [unit] = read_returned(path, pytest.fail)
    assert unit.tgt == ""


def test_what_cannot_be_read_is_named_once(memory, sent):
    path = sent()
    broken = '<trans-unit id="90"><target>Только цель</target></trans-unit></body>'
    path.write_text(path.read_text("utf-8").replace("</body>", broken), encoding="utf-8")
    done = memory.import_file(path)
    assert (done.review, done.unreadable) == (Review(same=4), 1)
    assert "a unit without a <source>" in done.problems[0]


def test_the_command_says_what_the_reviewer_did(aligner, folder):
    aligner("tm", "add", "work.tm", "night.en.txt", "night.ru.txt", "--date", SENT)
    aligner("tm", "export", "work.tm", "-o", "night.xlf")
    done = aligner("tm", "import", "work.tm", "night.xlf")
    assert done.stderr == "night.xlf: 0 confirmed, 0 changed, 0 new, 4 as they were\n"
    text = (folder / "night.xlf").read_text("utf-8")
    text = text.replace('<trans-unit id="1"', '<trans-unit approved="yes" id="1"')
    (folder / "night.xlf").write_text(text.replace("Было поздно.", "Поздно было."), "utf-8")
    done = aligner("tm", "import", "work.tm", "night.xlf", "--date", BACK)
    assert done.stderr == "night.xlf: 0 confirmed, 1 changed, 0 new, 3 as they were\n"
    assert "Поздно было." in aligner("tm", "search", "work.tm", "It was late.").stdout
