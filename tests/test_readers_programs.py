"""Documents as real programs write them: pandoc, LibreOffice, epubcheck as the judge.

The same text, once as Markdown and once through a program, must give the same paragraphs
and, aligned, the same links.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.readers.files import read
from aligner.readers.lines import read_lines

EXAMPLES = Path(__file__).parents[1] / "examples"
FORMATS = ("html", "docx", "epub")


def program(name):
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def converted(source, target):
    """A Markdown file through pandoc; its own title page is not asked for."""
    title = ["--metadata", "title=Title"] if target.suffix == ".epub" else []
    style = [] if target.suffix == ".html" else ["--standalone"]
    line = [program("pandoc"), "--from", "markdown-smart", source, "--output", target]
    subprocess.run([*line, *style, *title], check=True, timeout=60, capture_output=True)
    return target


def by_libreoffice(folder, suffix, *files):
    """Files converted by LibreOffice, all by one start of it."""
    home = (folder / "profile").as_uri()
    line = [program("soffice"), f"-env:UserInstallation={home}", "--headless"]
    line += ["--convert-to", suffix, "--outdir", folder / suffix, *files]
    subprocess.run(line, check=True, timeout=240, capture_output=True)
    return [folder / suffix / f"{file.stem}.{suffix}" for file in files]


def shown(document):
    """A paragraph a line: "kind: text"."""
    return [f"{paragraph.kind}: {paragraph.text}" for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The example in both languages, by suffix, as pandoc writes it."""
    folder = tmp_path_factory.mktemp("pandoc")
    return {
        (suffix, lang): converted(
            EXAMPLES / f"lighthouse.{lang}.md", folder / f"lighthouse.{lang}.{suffix}"
        )
        for suffix in FORMATS
        for lang in ("en", "ru")
    }


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_pandoc_gives_the_paragraphs_of_the_markdown(pages, suffix, lang):
    own = shown(read(EXAMPLES / f"lighthouse.{lang}.md"))
    found = shown(read(pages[suffix, lang]))
    title = ["heading: Title"] if suffix == "epub" else []
    assert found == title + own


def test_epubcheck_accepts_the_book_that_is_read_here(pages):
    jar, java = program("epubcheck"), program("java")
    line = [java, "-jar", jar, pages["epub", "ru"]]
    done = subprocess.run(line, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_links_are_those_of_the_markdown(pages, aligner, folder, suffix):
    for name, files in {
        "md": [EXAMPLES / f"lighthouse.{lang}.md" for lang in ("en", "ru")],
        suffix: [pages[suffix, lang] for lang in ("ru", "en")],  # in either order
    }.items():
        assert aligner("align", *files, "-o", f"{name}.txt").exit_code == 0
    own, found = (read_lines(folder / f"{name}.txt") for name in ("md", suffix))
    if suffix == "epub":  # its title page is one link more
        found = [re.sub(r"\d+", lambda n: str(int(n.group()) - 1), line) for line in found[1:]]
    assert found == own


RICH = """# {title}

{text}[^1]

1. {one}
2. {two}

> {quote}

| A | B |
|---|---|
| {one} | {two} |

```python
print("code")
```

[^1]: {note}
"""
ENGLISH = RICH.format(
    title="The Lighthouse", text="It rained. *Nobody* came.", one="oil", two="matches",
    quote="Light is life.", note="Built in 1862.",
)  # fmt: skip
RUSSIAN = RICH.format(
    title="Маяк", text="Шёл дождь. *Никто* не пришёл.", one="масло", two="спички",
    quote="Свет — это жизнь.", note="Построен в 1862 году.",
)  # fmt: skip


def expected(lang):
    title, text, one, two, quote, note = {
        "en": ("The Lighthouse", "It rained. Nobody came.", "oil", "matches", "Light is life.",
               "Built in 1862."),
        "ru": ("Маяк", "Шёл дождь. Никто не пришёл.", "масло", "спички", "Свет — это жизнь.",
               "Построен в 1862 году."),
    }[lang]  # fmt: skip
    return [
        f"heading: {title}", f"text: {text}", f"item: {one}", f"item: {two}", f"quote: {quote}",
        "cell: A", "cell: B", f"cell: {one}", f"cell: {two}", f"text: {note}",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A Word file in each language with everything in it."""
    folder = tmp_path_factory.mktemp("rich")
    files = []
    for lang, text in (("en", ENGLISH), ("ru", RUSSIAN)):
        (folder / f"rich.{lang}.md").write_text(text, encoding="utf-8")
        files.append(converted(folder / f"rich.{lang}.md", folder / f"rich.{lang}.docx"))
    return files


def test_a_word_file_of_pandoc(rich):
    for lang, file in zip(("en", "ru"), rich, strict=True):
        document = read(file)
        assert shown(document) == expected(lang)
        assert document.left_out == {"code block": 1}


def test_libreoffice_writes_them_anew(rich, tmp_path):
    """Word files that went through another word processor, as most have."""
    for lang, file in zip(
        ("en", "ru"),
        by_libreoffice(tmp_path, "docx", *by_libreoffice(tmp_path, "odt", *rich)),
        strict=True,
    ):
        assert shown(read(file)) == expected(lang)


def test_an_old_word_file_is_refused(rich, tmp_path):
    from aligner.errors import InputError

    (file,) = by_libreoffice(tmp_path, "doc", rich[0])
    with pytest.raises(InputError, match=r"rich\.en\.doc: is an old Word file \(\.doc\); open it"):
        read(file)


PAGES = ["progit-about-version-control", "jsinfo-03-garbage-collection"]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_the_same_in_all_formats(shared, tmp_path, page, lang):
    """No sentence is lost on the way through any reader; titles of the program's own apart."""
    source = shared(f"pages/{page}.{lang}.md")
    texts = [
        [paragraph.text for paragraph in read(converted(source, tmp_path / f"x.{s}")).paragraphs]
        for s in FORMATS
    ]
    body = texts[0]
    assert len(body) > 10
    for other in texts[1:]:
        assert other[len(other) - len(body) :] == body
        assert len(other) <= len(body) + 2
