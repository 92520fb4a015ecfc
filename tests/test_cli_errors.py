"""Bad input and bad outputs: one line that says what to do, exit code 2, no file left behind."""

import os
import re
import shutil
import subprocess

import pytest

ENGLISH_LINE = "The old lighthouse had stood dark for thirty-one years when the fishermen came.\n"
FRENCH = (
    "Le vieux phare était resté éteint pendant trente et un ans quand les pêcheurs sont venus. "
    "Personne dans le village ne savait qui l'avait construit, ni pourquoi il était en bois.\n"
)
GERMAN = (
    "Der alte Leuchtturm war einunddreißig Jahre lang dunkel, als die Fischer kamen. "
    "Niemand im Dorf wusste, wer ihn gebaut hatte und warum er aus Holz war.\n"
)
UKRAINIAN = (
    "Старий маяк стояв темний тридцять один рік, коли прийшли рибалки. "
    "Ніхто в селі не знав, хто його збудував і чому він був дерев'яний.\n"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
ZIP = b"PK\x03\x04" + bytes(range(256)) * 8


def assert_refused(result, message, folder, before):
    """One line on standard error, exit code 2, and the folder as it was."""
    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert re.fullmatch(rf"error: [^\n]*{message}[^\n]*\n", result.stderr), result.stderr
    assert sorted(os.listdir(folder)) == before


BAD = [  # what stands in bad.txt, and what the message says
    ("an empty file", b"", r"bad\.txt: is empty; give a file with text"),
    ("only spaces", " \n\t\n\u00a0 \n".encode(), r"bad\.txt: has no text in it; give"),
    ("only a mark of order", b"\xef\xbb\xbf", r"bad\.txt: has no text in it; give"),
    ("an image", PNG, r"bad\.txt: looks like a PNG image, not like text; save it as \.txt"),
    ("an archive", ZIP, r"bad\.txt: looks like a ZIP archive .*save it as \.txt"),
    ("half a PDF", b"%PDF-1.7\n1 0 obj\n", r"bad\.txt: cannot be read as a PDF: it is damaged"),
    ("random bytes", bytes(range(256)) * 20, r"bad\.txt: .*text"),
    ("French", FRENCH.encode(), r"bad\.txt: the text looks French; aligner aligns English and Ru"),
    ("German", GERMAN.encode(), r"bad\.txt: the text looks German; aligner aligns English and Ru"),
    ("Ukrainian", UKRAINIAN.encode(), r"bad\.txt: the text looks Ukrainian; aligner aligns Engli"),
    (
        "Russian too",
        "Было очень поздно, и все ушли.".encode(),
        "are both Russian: give one file in",
    ),
    ("mojibake", "Привет, это русский текст".encode().decode("latin-1").encode(), r"bad\.txt: "),
]


@pytest.mark.parametrize(("what", "data", "message"), BAD, ids=[row[0] for row in BAD])
def test_what_cannot_be_aligned(aligner, folder, what, data, message):
    (folder / "bad.txt").write_bytes(data)
    before = sorted(os.listdir(folder))
    for files in (("bad.txt", "night.ru.txt"), ("night.ru.txt", "bad.txt")):
        assert_refused(aligner("align", *files, "-o", "out.tsv"), message, folder, before)


def test_both_files_in_english(aligner, folder):
    (folder / "other.txt").write_text(ENGLISH_LINE, encoding="utf-8")
    result = aligner("align", "night.en.txt", "other.txt", "-o", "out.tsv")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: night.en.txt and other.txt are both English: give one file in each language\n"
    )


def test_the_same_file_twice(aligner, folder):
    result = aligner("align", "night.en.txt", "night.en.txt")
    assert result.exit_code == 2
    assert "both English" in result.stderr


def test_one_file_in_one_language_only(aligner, folder):
    before = sorted(os.listdir(folder))
    assert_refused(aligner("align", "night.en.txt", "-o", "o.tsv"), "Russian", folder, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("align no.txt night.ru.txt", r"no\.txt: no such file; check the name and the folder"),
        ("align night.en.txt no.txt", r"no\.txt: no such file"),
        ("align . night.ru.txt", r"\.: is a folder; give a file in it"),
        ("align night.en.txt/x night.ru.txt", r"night\.en\.txt/x: cannot be read"),
        ("align night.en.docx night.ru.txt", r"night\.en\.docx: no such file"),
        ("align night.en.txt night.ru.txt -o o.docx", r"o\.docx: no format is called \.docx; end"),
        ("align night.en.txt night.ru.txt -o out", "out: the name does not say the format; end it"),
        (
            "align night.en.txt night.ru.txt -o a.tsv -o b.pdf",
            r"b\.pdf: no format is called \.pdf.*\.html",
        ),
        ("align night.en.txt night.ru.txt -o no/o.tsv", r"no/o\.tsv: .*folder does not exist"),
        ("align night.en.txt night.ru.txt -o .", r"\.: cannot be written: this is a folder; give"),
        (
            "align night.en.txt night.ru.txt --max-size 1",
            "a largest link of 1 sentences is not pos",
        ),
        ("align night.en.txt night.ru.txt --max-size 11", "give a number from 2 .* to 10"),
        ("align night.en.txt night.ru.txt --encoding utf-99", "unknown encoding 'utf-99'; use a"),
        (
            "align night.en.txt night.ru.txt --encoding ascii",
            r"night\.\w\w\.txt: byte 0x.. in line",
        ),
        ("align night.en.txt night.ru.txt --date yesterday", "yesterday"),
        ("align night.en.txt night.ru.txt --any-language", "--any-language goes with --sentences"),
        ("align night.en.txt --sentences", "--sentences needs two files; give the other"),
        ("segment no.txt", r"no\.txt: no such file"),
        ("segment .", r"\.: is a folder"),
        ("segment night.en.txt -o no/o.txt", r"no/o\.txt: .*folder does not exist"),
        ("evaluate no.txt night.en.txt", r"no\.txt: cannot be read"),
        ("evaluate night.en.txt night.en.txt", "line 1"),
    ],
)
def test_what_cannot_be_done(aligner, folder, arguments, message):
    before = sorted(os.listdir(folder))
    assert_refused(aligner(*arguments.split()), message, folder, before)


@pytest.mark.parametrize(
    "arguments", ["align", "align a.txt b.txt c.txt", "align a.txt --max-size six", "aline a.txt"]
)
def test_a_wrong_call_shows_how_it_goes(aligner, arguments):
    result = aligner(*arguments.split())
    assert result.exit_code == 2
    assert "Usage: " in result.stderr
    assert result.stdout == ""


def test_an_outputs_folder_that_may_not_be_written(aligner, folder):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "locked").mkdir(mode=0o555)
    result = aligner("align", "night.en.txt", "night.ru.txt", "-o", "locked/o.tsv")
    assert result.exit_code == 2
    assert "no permission to write here; write to another folder" in result.stderr


def test_a_read_only_disk(aligner, folder, mounted):
    place = mounted("ro", "size=64k,ro")
    result = aligner("align", "night.en.txt", "night.ru.txt", "-o", place / "o.tsv")
    assert result.exit_code == 2
    assert re.fullmatch(r"error: \S*o\.tsv: cannot be written: [^\n]*\n", result.stderr)


@pytest.fixture
def mounted(folder):
    """Mounts a small disk of its own; only root can."""
    places = []

    def mount(name, options):
        place = folder / name
        place.mkdir()
        tool = shutil.which("mount") or "mount"
        line = [tool, "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            failed = subprocess.run(line, capture_output=True, check=False).returncode
        except FileNotFoundError:
            failed = 1
        if failed:
            pytest.skip("a small disk can only be mounted as root")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("suffix", ["tsv", "tmx", "jsonl", "txt"])
def test_a_full_disk_leaves_the_old_file_and_no_half_one(aligner, folder, mounted, suffix):
    place = mounted("small", "size=12k")
    (place / f"o.{suffix}").write_text("old\n", encoding="utf-8")
    (place / "filler").write_bytes(bytes(8192))
    result = aligner("align", "night.en.txt", "night.ru.txt", "-o", place / f"o.{suffix}")
    assert result.exit_code == 2
    assert re.fullmatch(
        rf"error: \S*o\.{suffix}: cannot be written: no space left [^\n]*free some[^\n]*\n",
        result.stderr,
    )
    assert (place / f"o.{suffix}").read_text(encoding="utf-8") == "old\n"
    assert sorted(os.listdir(place)) == ["filler", f"o.{suffix}"]


GOOD = {  # what real files have in them, and what must come out all the same
    "order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "only CR": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows-1251": lambda text: text.encode("cp1251"),
    "KOI8-R": lambda text: text.replace("—", "-").encode("koi8-r"),
    "DOS": lambda text: text.replace("—", "-").encode("cp866"),
    "no end of line": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("how", GOOD)
def test_encodings_and_line_ends_are_read_right(aligner, folder, how):
    text = (folder / "night.ru.txt").read_text(encoding="utf-8")
    (folder / "night.ru.txt").write_bytes(GOOD[how](text))
    result = aligner("align", "night.en.txt", "night.ru.txt")
    assert result.exit_code == 0
    targets = [line.split("\t")[1] for line in result.stdout.rstrip("\n").split("\n")[1:]]
    assert targets[:3] == ["Было поздно.", "Поезд ушёл в 8:47.", "Никто не пришёл."]
    assert targets[3].endswith(" Где моя книга? " + targets[3][0] + " спросила Анна.")


def test_an_encoding_can_be_forced(aligner, folder):
    for name in ("night.en.txt", "night.ru.txt"):
        text = (folder / name).read_text(encoding="utf-8").replace("“", '"').replace("”", '"')
        (folder / name).write_bytes(text.encode("cp1251"))
    result = aligner("align", "night.en.txt", "night.ru.txt", "--encoding", "windows-1251")
    assert result.exit_code == 0
    assert "\tБыло поздно.\t" in result.stdout


def test_control_characters_are_left_out_and_counted(aligner, folder):
    text = (folder / "night.ru.txt").read_text(encoding="utf-8")
    damaged = text.replace("поздно", "по\x00зд\x07но").replace("Никто", "\ufeffНик\u00adто")
    (folder / "night.ru.txt").write_text(damaged, encoding="utf-8")
    result = aligner("align", "night.en.txt", "night.ru.txt")
    assert "\tБыло поздно.\t" in result.stdout
    assert "\tНикто не пришёл.\t" in result.stdout
    assert (
        "left out of night.ru.txt: control character: 2, soft hyphen: 1, invisible mark: 1\n"
        in result.stderr
    )


def test_lone_surrogates_in_a_file_are_broken_bytes(aligner, folder):
    text = (folder / "night.ru.txt").read_text(encoding="utf-8")
    damaged = text.replace("книга", "кни\ud83dга").encode("utf-8", "surrogatepass")
    (folder / "night.ru.txt").write_bytes(damaged)
    result = aligner("align", "night.en.txt", "night.ru.txt", "-o", "o.tmx", "-o", "o.tsv")
    assert result.exit_code == 0
    assert "left out of night.ru.txt: broken byte (now U+FFFD): " in result.stderr
    (folder / "o.tmx").read_text(encoding="utf-8")


def test_a_line_of_a_megabyte(aligner, folder):
    """No sentence ends in it: one sentence, linked to something, in bounded time and memory."""
    (folder / "long.txt").write_text("word and " * 116_000, encoding="utf-8")
    result = aligner("align", "long.txt", "night.ru.txt", "-o", "o.tsv")
    assert result.exit_code == 0
    assert "long.txt (English): 1 sentence " in result.stderr


def test_many_sentences_on_one_line(aligner, folder):
    sentences = "".join(f"The train number {n} left at night. " for n in range(300))
    (folder / "long.txt").write_text(sentences, encoding="utf-8")
    (folder / "long.ru.txt").write_text(
        "".join(f"Поезд номер {n} ушёл ночью. " for n in range(300)), encoding="utf-8"
    )
    result = aligner("align", "long.txt", "long.ru.txt", "-o", "o.tsv")
    assert result.exit_code == 0
    assert "long.txt (English): 300 sentences" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        "align night.en.txt night.ru.txt -o night.en.txt",
        "align night.en.txt night.ru.txt -o out.tsv -o ./night.ru.txt",
        "align night.en.txt night.ru.txt -o link.txt",
        "segment night.en.txt -o night.en.txt",
    ],
)
def test_a_text_is_never_replaced_by_the_result(aligner, folder, arguments):
    os.symlink("night.ru.txt", "link.txt")
    before = sorted(os.listdir(folder))
    text = (folder / "night.en.txt").read_bytes(), (folder / "night.ru.txt").read_bytes()
    message = r"\w+(\.\w+)?\.txt: is the text itself; give the output another name"
    assert_refused(aligner(*arguments.split()), message, folder, before)
    after = (folder / "night.en.txt").read_bytes(), (folder / "night.ru.txt").read_bytes()
    assert after == text
