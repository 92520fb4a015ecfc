"""Settings of the checks: names, severities, TOML files; what `--explain` says; marks to ignore."""

import pytest

from aligner.check_config import CheckConfig, configured
from aligner.check_report import explanation, overview
from aligner.checks.check import Case, Context, Finding, per_pair
from aligner.checks.engine import issues
from aligner.checks.registry import FAMILIES, REGISTRY, check_named
from aligner.checks.settings import CheckSettings, settings_of
from aligner.errors import InputError
from aligner.readers.marks import Mark, read_marks
from aligner.writers.marks import add_marks


def names(settings):
    return {check.name for check in settings.chosen()}


def test_names_are_different_and_families_are_no_checks() -> None:
    every = [check.name for check in REGISTRY]
    assert len(set(every)) == len(every)
    assert not set(every) & set(FAMILIES)
    assert set(FAMILIES) == {"content", "numbers", "consistency", "form"}


def test_only_and_skip_take_checks_and_families() -> None:
    assert names(settings_of(only=["brackets,quotes"])) == {"brackets", "quotes"}
    assert "dash" not in names(settings_of(only=["form"], skip=["dash"]))
    assert "brackets" in names(settings_of(only=["form"], skip=["dash"]))
    assert names(settings_of(skip=["content", "numbers", "consistency"])) == names(
        settings_of(only=["form"])
    )


def test_a_check_goes_before_its_family() -> None:
    chosen = settings_of(only=["form"], severity=["form=off", "dash=error"]).chosen()
    assert [(check.name, check.severity) for check in chosen] == [("dash", "error")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"only": ["bracket"]}, "no check is called 'bracket'; did you mean brackets"),
        ({"skip": ["xyzzy"]}, "no check is called 'xyzzy'; there are"),
        ({"severity": ["dash"]}, "give NAME=LEVEL"),
        ({"severity": ["dash=fatal"]}, "no severity is called 'fatal'"),
    ],
)
def test_wrong_names_are_refused(words, message) -> None:
    with pytest.raises(InputError, match=message):
        settings_of(**words)


def test_all_switched_off_is_refused() -> None:
    with pytest.raises(InputError, match="all checks are switched off"):
        settings_of(only=["dash"], skip=["form"]).chosen()


def test_a_set_severity_cannot_be_weakened_by_a_finding() -> None:
    def weak(case, context):
        yield Finding("x", severity="advisory")

    check = per_pair("weak", "form", "warning", weak)
    context = Context([Case(0, "a", "б")])
    assert issues([check], context)[0].severity == "advisory"
    from dataclasses import replace

    assert issues([replace(check, severity="error", fixed=True)], context)[0].severity == "error"


def test_the_most_serious_come_first_then_the_order_of_the_text() -> None:
    pairs = [("A.", "Он  пришёл."), ("See (it).", "Смотри (это."), ("B (c).", "Б  (в.")]
    cases = [Case(at, *pair) for at, pair in enumerate(pairs)]
    got = issues(settings_of(only=["brackets", "double-space"]).chosen(), Context(cases))
    assert [(one.severity, one.pair) for one in got] == [
        ("error", 1),
        ("error", 2),
        ("advisory", 0),
        ("advisory", 2),
    ]


def test_each_check_explains_itself() -> None:
    for check in REGISTRY:
        text = explanation(check)
        assert text.startswith(f"{check.name} ({check.family}, {check.severity})\n\n")
        assert len(check.explanation) > 40, check.name
    assert len(list(overview(REGISTRY))) == len(REGISTRY) + len(FAMILIES)
    with pytest.raises(InputError, match="did you mean quotes"):
        check_named("quote")


TOML = """
[tool.aligner.check]
skip = ["title-case"]
fail-on = "warning"
glossary = "terms.tsv"
[tool.aligner.check.severity]
form = "advisory"
dash = "off"
"""


def test_settings_of_a_file_with_the_command_line_on_top(tmp_path) -> None:
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    config = configured(None, tmp_path)
    assert config.fail_on == "warning"
    assert config.glossary == tmp_path / "terms.tsv"
    assert not {"title-case", "dash"} & names(config.settings)
    given = CheckConfig(settings_of(only=["form"], severity=["dash=error"]))
    both = config.joined(given, "never")
    assert both.fail_on is None
    levels = {check.name: check.severity for check in both.settings.chosen()}
    assert levels["dash"] == "error"
    assert levels["brackets"] == "advisory"


def test_aligner_toml_goes_before_pyproject(tmp_path) -> None:
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "aligner.toml").write_text('[check]\nonly = ["dash"]\n', encoding="utf-8")
    assert names(configured(None, tmp_path).settings) == {"dash"}


def test_a_folder_without_settings_has_the_defaults(tmp_path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert configured(None, tmp_path) == CheckConfig()
    assert CheckConfig().settings == CheckSettings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[check]\nskipp = []\n", "no setting is called 'skipp'"),
        ("[check]\nskip = 'dash'\n", "skip is no list of names"),
        ("[check]\nskip = ['dahs']\n", "aligner.toml: no check is called 'dahs'"),
        ("[check]\nseverity = 'error'\n", "severity is no table"),
        ("[check]\nfail-on = 'all'\n", "fail-on 'all'"),
        ("[check]\nglossary = 1\n", "glossary is no file name"),
        ("[check\n", "not TOML"),
        ("[other]\n", "no table"),
    ],
)
def test_wrong_settings_files(tmp_path, text, message) -> None:
    path = tmp_path / "aligner.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        configured(path)


MARKS = [
    Mark("brackets", "See (it).", "Смотри (это."),
    Mark("*", 'a\ttab "and" quotes', "обратная \\ черта\nи строка"),
]


@pytest.mark.parametrize("name", ["marks.tsv", "marks.jsonl"])
def test_marks_come_back_and_none_is_lost(tmp_path, name) -> None:
    path = tmp_path / name
    assert add_marks(path, MARKS[:1]) == 1
    assert add_marks(path, [*MARKS, MARKS[0]]) == 1
    assert add_marks(path, MARKS) == 0
    assert list(read_marks(path)) == [Mark.of(m.check, m.source, m.target) for m in MARKS]


def test_spaces_make_no_other_mark() -> None:
    assert Mark.of("dash", " a  b\n", "в\tг") == Mark("dash", "a b", "в г")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("m.tsv", "check\tsource\ttarget\ndash\ta\n", "line 2: not a mark"),
        ("m.jsonl", '{"check": "dash"}\n', "line 1: not a mark"),
        ("m.jsonl", "[]\n", "line 1: not a mark"),
    ],
)
def test_what_is_no_mark(tmp_path, name, text, message) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_marks(path)
