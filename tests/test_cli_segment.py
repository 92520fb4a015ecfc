"""The commands `segment` and `evaluate`, end to end."""

import json
import re
import subprocess
import sys


def objects(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class TestSegment:
    def test_one_a_line_and_an_empty_line_between_paragraphs(self, aligner):
        result = aligner("segment", "night.ru.txt")
        expected = "\n".join(
            [
                "Было поздно.",
                "Поезд ушёл в 8:47.",
                "Никто не пришёл.",
                "",
                "— Где моя книга? — спросила Анна.",
                "",
            ]
        )
        assert (result.exit_code, result.stdout) == (0, expected)

    def test_offsets_point_into_the_document(self, aligner, folder):
        (folder / "t.md").write_text(
            "# Маяк\n\nОн *горел*. Его ждали.\n\n- Да.\n", encoding="utf-8"
        )
        assert aligner("segment", "t.md", "-o", "t.jsonl").exit_code == 0
        found = objects(folder / "t.jsonl")
        text = "Маяк\n\nОн горел. Его ждали.\n\nДа."
        assert [text[s["start"] : s["stop"]] for s in found] == [s["text"] for s in found]
        assert [s["text"] for s in found] == ["Маяк", "Он горел.", "Его ждали.", "Да."]
        assert [s["paragraph"] for s in found] == [0, 1, 1, 2]
        assert [s["kind"] for s in found] == ["heading", "text", "text", "item"]

    def test_into_a_text_file(self, aligner, folder):
        result = aligner("segment", "night.en.txt", "-o", "s.txt")
        assert (result.exit_code, result.output) == (0, "")
        lines = (folder / "s.txt").read_text(encoding="utf-8").split("\n")
        assert lines == [
            "It was late.",
            "The train left at 8:47.",
            "Nobody came.",
            "",
            "“Where is my book?” asked Anna.",
            "",
        ]

    def test_explain_says_which_rule_decided(self, aligner, folder):
        (folder / "t.txt").write_text("Он жил в г. Твери. Потом уехал.", encoding="utf-8")
        result = aligner("segment", "t.txt", "--explain")
        joined, split = result.stdout.rstrip("\n").split("\n")
        assert joined.startswith("join ")
        assert "в г. ¦ Твери" in joined
        assert split.startswith("split")
        assert "Твери. ¦ Потом" in split

    def test_a_file_of_another_kind_than_its_name_says(self, aligner, folder):
        (folder / "a.txt").write_text("<html><body><p>A page.</p></body></html>", encoding="utf-8")
        result = aligner("segment", "a.txt")
        assert (result.exit_code, result.stdout) == (0, "A page.\n")
        notice = "a.txt: read as a web page (HTML), which it is, whatever its name says\n"
        assert result.stderr == notice
        assert notice in aligner("align", "a.txt", "night.ru.txt").stderr

    def test_the_language_can_be_named(self, aligner, folder):
        (folder / "n.txt").write_text("1917. 1918.\n", encoding="utf-8")
        refused = aligner("segment", "n.txt")
        assert refused.exit_code == 2
        assert (
            refused.stderr
            == "error: n.txt: has no letters in it; name the language with --lang en or ru\n"
        )
        assert aligner("segment", "n.txt", "--lang", "ru").exit_code == 0

    def test_an_unknown_suffix(self, aligner, folder):
        result = aligner("segment", "night.en.txt", "-o", "s.tmx")
        assert result.exit_code == 2
        assert result.stderr == "error: s.tmx: end the name in .txt or .jsonl\n"
        assert not (folder / "s.tmx").exists()


class TestEvaluate:
    GOLD = "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n[3]:[3]\n"
    TEST = "[0]:[0]\n[1]:[1]\n[]:[2]\n[2]:[]\n[3]:[3]\n"

    def test_a_table_with_counts(self, aligner, folder):
        (folder / "gold.txt").write_text(self.GOLD, encoding="utf-8")
        (folder / "test.txt").write_text(self.TEST, encoding="utf-8")
        result = aligner("evaluate", "gold.txt", "test.txt")
        assert result.exit_code == 0
        assert re.sub(" +", " ", result.stdout) == (
            " precision recall F1\n"
            "strict 0.6000 (3/5) 0.6667 (2/3) 0.6316\n"
            "lax 0.8000 (4/5) 1.0000 (3/3) 0.8889\n"
        )

    def test_numbers_are_those_of_the_fields_script(self, aligner, folder, shared):
        """On real gold and links that are wrong in places."""
        script = shared("eval/score_links.py")
        gold = shared("eval/prose.jsonl")
        documents = objects(gold)
        for document in documents:
            links = document["links"]
            document["links"] = [*links[:5], [links[5][0], []], [[], links[5][1]], *links[6:]]
        lines = [json.dumps(document, ensure_ascii=False) + "\n" for document in documents]
        (folder / "test.jsonl").write_text("".join(lines), encoding="utf-8")
        theirs = json.loads(
            subprocess.run(
                [sys.executable, script, gold, "test.jsonl"],
                capture_output=True,
                check=True,
            ).stdout
        )
        ours = aligner("evaluate", gold, "test.jsonl").stdout.split("\n")
        for line, name in ((ours[1], "strict"), (ours[2], "lax")):
            numbers = [float(number) for number in re.findall(r"\d\.\d{4}", line)]
            assert numbers == [theirs[f"{what}_{name}"] for what in ("precision", "recall", "f1")]

    def test_a_line_that_is_no_link(self, aligner, folder):
        (folder / "gold.txt").write_text("[0]:[0]\nzero\n", encoding="utf-8")
        result = aligner("evaluate", "gold.txt", "gold.txt")
        assert result.exit_code == 2
        assert result.stderr.startswith("error: gold.txt, line 2: not a link: 'zero'")
