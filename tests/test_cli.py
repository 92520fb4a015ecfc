"""The command line, end to end: results, summaries, options."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from aligner.records import PAIR_COLUMNS
from aligner.settings import VERSION

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

EN_SENTENCES = ["It was late.", "The train left at 8:47.", "Nobody came."]
EN_SENTENCES += ["“Where is my book?” asked Anna."]
RU_SENTENCES = ["Было поздно.", "Поезд ушёл в 8:47.", "Никто не пришёл."]
RU_SENTENCES += ["— Где моя книга? — спросила Анна."]


def rows(tsv):
    return list(csv.DictReader(io.StringIO(tsv), delimiter="\t"))


def sides(tsv):
    found = rows(tsv)
    return [row["source"] for row in found], [row["target"] for row in found]


def test_without_o_the_pairs_are_tsv_on_standard_output(aligner):
    result = aligner("align", "night.en.txt", "night.ru.txt")
    assert result.exit_code == 0
    assert result.stdout.split("\n")[0] == "\t".join(PAIR_COLUMNS)
    assert sides(result.stdout) == (EN_SENTENCES, RU_SENTENCES)
    assert [row["kind"] for row in rows(result.stdout)] == ["1-1"] * 4


def test_the_summary_stands_on_standard_error(aligner):
    result = aligner("align", "night.en.txt", "night.ru.txt")
    first, second, *_, last = result.stderr.rstrip("\n").split("\n")
    assert first == "night.en.txt (English): 4 sentences · night.ru.txt (Russian): 4 sentences"
    assert second == "links: 4 × 1-1 · 0 omissions, 0 additions"
    assert re.fullmatch(
        rf"enc:use-multilingual-v3\|max_size:10\|v:{re.escape(VERSION)} · \d+\.\d s", last
    )


def test_either_order_of_the_files_gives_the_same_bytes(aligner):
    one = aligner("align", "night.en.txt", "night.ru.txt")
    other = aligner("align", "night.ru.txt", "night.en.txt")
    assert one.stdout == other.stdout


def test_source_ru_puts_russian_first(aligner):
    result = aligner("align", "night.en.txt", "night.ru.txt", "--source", "ru")
    assert sides(result.stdout) == (RU_SENTENCES, EN_SENTENCES)


def test_several_outputs_each_in_the_format_of_its_suffix(aligner, folder):
    names = ["out.tsv", "out.tmx", "out.jsonl", "out.txt"]
    targets = [part for name in names for part in ("-o", name)]
    result = aligner("align", "night.en.txt", "night.ru.txt", *targets)
    assert (result.exit_code, result.stdout) == (0, "")
    assert sides((folder / "out.tsv").read_text(encoding="utf-8")) == (EN_SENTENCES, RU_SENTENCES)
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert [json.loads(line)["source"] for line in lines] == EN_SENTENCES
    units = ElementTree.parse(folder / "out.tmx").iter("tu")
    assert [[seg.text for seg in unit.iter("seg")] for unit in units] == [
        list(pair) for pair in zip(EN_SENTENCES, RU_SENTENCES, strict=True)
    ]
    assert (folder / "out.txt").read_text(
        encoding="utf-8"
    ) == "[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n"


def test_an_older_file_is_replaced_and_nothing_else_is_left(aligner, folder):
    (folder / "out.tsv").write_text("old", encoding="utf-8")
    aligner("align", "night.en.txt", "night.ru.txt", "-o", "out.tsv")
    assert (folder / "out.tsv").read_text(encoding="utf-8").startswith("source\t")
    assert sorted(path.name for path in folder.iterdir()) == [
        "night.en.txt",
        "night.ru.txt",
        "out.tsv",
    ]


def test_the_same_input_makes_the_same_bytes(aligner, folder, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name in ("one.tmx", "two.tmx"):
        aligner("align", "night.en.txt", "night.ru.txt", "-o", name)
    assert (folder / "one.tmx").read_bytes() == (folder / "two.tmx").read_bytes()
    assert b"creationdate" not in (folder / "one.tmx").read_bytes()


def test_a_date_stands_in_the_tmx(aligner, folder):
    aligner("align", "night.en.txt", "night.ru.txt", "-o", "a.tmx", "--date", "2026-11-24")
    assert 'creationdate="20261124T000000Z"' in (folder / "a.tmx").read_text(encoding="utf-8")


def test_the_users_file_is_the_source_of_a_path_with_spaces_and_cyrillic(aligner, folder):
    place = folder / "мои тексты (2)"
    place.mkdir()
    shutil.copy("night.en.txt", place / "ночь english.txt")
    shutil.copy("night.ru.txt", place / "ночь по-русски.txt")
    names = [place / "ночь english.txt", place / "ночь по-русски.txt"]
    result = aligner("align", *names, "-o", place / "пары & так.tmx")
    assert result.exit_code == 0
    assert "ночь по-русски.txt" in (place / "пары & так.tmx").read_text(encoding="utf-8")


def test_quiet_says_nothing(aligner, folder):
    result = aligner("align", "night.en.txt", "night.ru.txt", "-o", "out.tsv", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (folder / "out.tsv").exists()


def test_verbose_lists_what_has_no_partner(aligner, folder):
    extra = "\n\nThe municipal swimming pool will be closed for repairs until further notice."
    path = folder / "night.en.txt"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    brief = aligner("align", "night.en.txt", "night.ru.txt")
    full = aligner("align", "night.en.txt", "night.ru.txt", "--verbose")
    assert "1 omission," in brief.stderr
    assert "  omission  5/–  The municipal swimming pool" in full.stderr
    assert "  omission  " not in brief.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["align", "--help"], ["-h"], []])
def test_what_needs_no_text(aligner, arguments):
    result = aligner(*arguments)
    assert result.exit_code == (0 if arguments else 2)
    assert ("Usage" in result.output) is (arguments != ["--version"])


def test_version(aligner):
    assert aligner("--version").stdout == f"aligner {VERSION}\n"


@pytest.mark.parametrize("size", [2, 3])
def test_max_size_is_kept(aligner, size):
    pair = [EXAMPLES / f"night-train.{lang}.txt" for lang in ("en", "ru")]
    found = rows(aligner("align", *pair, "--max-size", size).stdout)
    assert max(sum(map(int, row["kind"].split("-"))) for row in found) == size
    assert {"1-1", "1-2", "2-1"} >= {row["kind"] for row in found} - {"1-0", "0-1"}


MIXED = {
    "in turn": "It was late.\n\nБыло поздно.\n\nNobody came.\n\nНикто не пришёл.\n",
    "one after the other": "It was late.\n\nNobody came.\n\nБыло поздно.\n\nНикто не пришёл.\n",
    "columns": "It was late.\tБыло поздно.\nNobody came.\tНикто не пришёл.\n",
}


@pytest.mark.parametrize("how", MIXED)
def test_one_file_in_which_both_languages_stand(aligner, folder, how):
    (folder / "mixed.txt").write_text(MIXED[how], encoding="utf-8")
    result = aligner("align", "mixed.txt")
    assert sides(result.stdout) == (
        ["It was late.", "Nobody came."],
        ["Было поздно.", "Никто не пришёл."],
    )


def test_the_users_own_page(aligner, shared):
    """Its Russian headline pairs with the English one and with nothing else."""
    [page] = shared("seed").glob("*.txt")
    found = rows(aligner("align", page).stdout)
    assert len([row for row in found if row["target"]]) == 1
    [headline] = [row for row in found if row["target"]]
    assert headline["kind"] == "1-1"
    assert len(found) > 5
    everything = " ".join(page.read_text(encoding="utf-8").split())
    assert all(" ".join(row["source"].split()) in everything for row in found)


class TestSentences:
    """`--sentences`: the lines are the sentences, and links are written as lines."""

    EN = ("It was late.", "", "The train left, and nobody came.", "Nobody saw it.", "The end.")
    RU = ("Было поздно.", "Поезд ушёл.", "Никто не пришёл.", "Никто этого не видел.", "Конец.")

    @pytest.fixture
    def lists(self, folder):
        for name, lines in (("en.txt", self.EN), ("ru.txt", self.RU)):
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return "en.txt", "ru.txt"

    @staticmethod
    def indices(path):
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        return [[json.loads(side) for side in line.split(":")] for line in lines]

    def test_every_index_stands_exactly_once(self, aligner, folder, lists):
        result = aligner("align", "--sentences", *lists, "-o", "links.txt")
        assert result.exit_code == 0
        links = self.indices(folder / "links.txt")
        for side in (0, 1):
            assert [index for link in links for index in link[side]] == list(range(5))
        assert [[3], [3]] in links
        assert [[4], [4]] in links

    def test_a_side_without_partner_is_an_empty_list(self, aligner, folder, lists):
        lines = [*self.EN, "The municipal swimming pool will stay closed until spring."]
        (folder / "en.txt").write_text("\n".join(lines), encoding="utf-8")
        aligner("align", "--sentences", *lists, "-o", "links.txt")
        assert (folder / "links.txt").read_text(encoding="utf-8").endswith("[5]:[]\n")

    def test_the_first_file_stays_the_first(self, aligner, folder, lists):
        result = aligner("align", "--sentences", *reversed(lists), "--quiet")
        assert sides(result.stdout)[0][0] == "Было поздно."

    def test_other_languages_need_to_be_allowed(self, aligner, folder):
        german = [
            "Es war spät am Abend, als der Zug kam.",
            "Niemand hat ihn gesehen, auch ich nicht.",
        ]
        french = [
            "Il était tard le soir quand le train arriva.",
            "Personne ne l'a vu, moi non plus.",
        ]
        for name, lines in (("de.txt", german), ("fr.txt", french)):
            (folder / name).write_text("\n".join(lines), encoding="utf-8")
        refused = aligner("align", "--sentences", "de.txt", "fr.txt")
        assert refused.exit_code == 2
        assert "German" in refused.stderr
        allowed = aligner(
            "align", "--sentences", "--any-language", "de.txt", "fr.txt", "-o", "x.txt"
        )
        assert allowed.exit_code == 0
        assert (folder / "x.txt").read_text(encoding="utf-8") == "[0]:[0]\n[1]:[1]\n"


NIGHT = [EXAMPLES / f"night-train.{lang}.txt" for lang in ("en", "ru")]


class TestLock:
    """`--lock`: the given links come out as they went in."""

    def test_a_link_is_kept_and_the_summary_line_says_so(self, aligner, folder):
        (folder / "mine.txt").write_text("[20]:[24]\n[30]:[]\n", encoding="utf-8")
        result = aligner("align", *NIGHT, "--lock", "mine.txt", "-o", "links.txt")
        assert result.exit_code == 0
        assert "|locked:2|" in result.stderr
        lines = (folder / "links.txt").read_text(encoding="utf-8").split("\n")
        assert {"[20]:[24]", "[30]:[]", "[0]:[0]"} <= set(lines)

    def test_what_was_written_can_be_locked(self, aligner, folder):
        aligner("align", *NIGHT, "-o", "one.txt")
        aligner("align", *NIGHT, "--lock", "one.txt", "-o", "two.txt")
        assert (folder / "one.txt").read_bytes() == (folder / "two.txt").read_bytes()

    def test_the_source_side_stands_first_in_either_order_of_the_files(self, aligner, folder):
        (folder / "mine.txt").write_text("[20]:[24]\n", encoding="utf-8")
        one, other = (
            aligner("align", *files, "--lock", "mine.txt") for files in (NIGHT, NIGHT[::-1])
        )
        assert one.stdout == other.stdout

    def test_with_sentences(self, aligner, folder):
        (folder / "en.txt").write_text("\n".join(EN_SENTENCES), encoding="utf-8")
        (folder / "ru.txt").write_text("\n".join(RU_SENTENCES), encoding="utf-8")
        (folder / "mine.txt").write_text("[1]:[1, 2]\n", encoding="utf-8")
        aligner("align", "--sentences", "en.txt", "ru.txt", "--lock", "mine.txt", "-o", "o.txt")
        assert (folder / "o.txt").read_text(encoding="utf-8") == (
            "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n[3]:[3]\n"
        )

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("[0]:[9]\n", r"mine\.txt, line 1: \[0\]:\[9\] names target sentence 9"),
            ("[1]:[2]\n[2]:[1]\n", r"mine\.txt, line 2: \[2\]:\[1\] crosses \[1\]:\[2\]"),
            ("nothing\n", r"mine\.txt, line 1: not a link"),
        ],
    )
    def test_bad_links_are_one_line_and_write_nothing(self, aligner, folder, content, message):
        (folder / "mine.txt").write_text(content, encoding="utf-8")
        files = "night.en.txt", "night.ru.txt"
        result = aligner("align", *files, "--lock", "mine.txt", "-o", "out.tsv")
        assert (result.exit_code, result.stdout) == (2, "")
        assert re.fullmatch(rf"error: [^\n]*{message}[^\n]*\n", result.stderr)
        assert not (folder / "out.tsv").exists()

    def test_the_locked_links_are_not_written_over(self, aligner, folder):
        (folder / "mine.txt").write_text("[0]:[0]\n", encoding="utf-8")
        result = aligner(
            "align", "night.en.txt", "night.ru.txt", "--lock", "mine.txt", "-o", "mine.txt"
        )
        assert result.exit_code == 2
        assert "give the output another name" in result.stderr
