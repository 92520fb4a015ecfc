"""sentence-transformers models: a real one, tiny, made here, saved, and loaded by its folder."""

import re
import shutil
import warnings

import numpy as np
import pytest
from conftest import MEANINGS, WORDS

import aligner
from aligner.embed.loading import load_encoder
from aligner.errors import ModelError

PROMPTS = {"query": "query: ", "passage": "passage: "}
EN = "Night. The train and the snow. A letter to my brother."
RU = "Ночь. Поезд и снег. Письмо брату."


@pytest.fixture(scope="module")
def libraries():
    """Importing them takes seconds, and their own warnings are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizers = pytest.importorskip("tokenizers")
        sentence_transformers = pytest.importorskip("sentence_transformers")
        from sentence_transformers.models import StaticEmbedding
    return tokenizers, sentence_transformers.SentenceTransformer, StaticEmbedding


@pytest.fixture(scope="module")
def saved(libraries, tmp_path_factory):
    """Folders of one model, with and without prompts."""
    tokenizers, SentenceTransformer, StaticEmbedding = libraries
    vocabulary = {"[UNK]": 0, "query": 1} | {word: k + 2 for k, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    table = np.full((len(vocabulary), len(MEANINGS) + 2), 0.01, dtype=np.float32)
    table[1, -1] = 1.0  # what a query prompt adds shows in the last place
    for word, meaning in WORDS.items():
        table[vocabulary[word], meaning] = 1.0
    folder = tmp_path_factory.mktemp("models")
    for name, prompts in (("tiny", None), ("tiny-prompts", PROMPTS), ("tiny-e5", None)):
        module = StaticEmbedding(tokenizer, embedding_weights=table)
        SentenceTransformer(modules=[module], prompts=prompts).save(str(folder / name))
    return folder


class TestRealModel:
    def test_vectors(self, saved):
        encoder = load_encoder(str(saved / "tiny"))
        vectors = encoder.encode(["night train", "ночь поезд", "снег", ""])
        assert vectors.shape == (4, len(MEANINGS) + 2)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors[:3], axis=1) == pytest.approx(np.ones(3), abs=1e-5)
        assert vectors[0] @ vectors[1] == pytest.approx(1.0, abs=1e-4)
        assert vectors[0] @ vectors[2] < 0.2

    def test_no_texts(self, saved):
        vectors = load_encoder(str(saved / "tiny")).encode([])
        assert vectors.shape == (0, len(MEANINGS) + 2)

    def test_the_id_is_the_folders_name_not_its_path(self, saved):
        assert load_encoder(str(saved / "tiny")).id == "tiny"

    @pytest.mark.parametrize(
        ("name", "prompt"), [("tiny", ""), ("tiny-prompts", "query: "), ("tiny-e5", "query: ")]
    )
    def test_both_sides_get_the_query_prompt_of_a_model_that_has_one(self, saved, name, prompt):
        encoder = load_encoder(str(saved / name))
        assert encoder.prompt == prompt
        vectors = encoder.encode(["ночь", "night"])
        assert (vectors[:, -1] > 0.3).tolist() == [bool(prompt)] * 2

    def test_files_are_aligned_with_it(self, saved, tmp_path):
        paths = tmp_path / "en.txt", tmp_path / "ru.txt"
        for path, text in zip(paths, (EN, RU), strict=True):
            path.write_text(text, encoding="utf-8")
        alignment = aligner.align_files(*paths, model=str(saved / "tiny-prompts"))
        assert [(pair.src, pair.tgt) for pair in alignment.pairs()] == [
            ("Night.", "Ночь."),
            ("The train and the snow.", "Поезд и снег."),
            ("A letter to my brother.", "Письмо брату."),
        ]
        assert alignment.provenance.encoder == "tiny-prompts"
        assert alignment.provenance.settings.startswith("enc:tiny-prompts|")

    def test_on_the_command_line(self, saved, aligner):
        result = aligner("align", "night.en.txt", "night.ru.txt", "--model", saved / "tiny")
        assert result.exit_code == 0
        assert "enc:tiny|" in result.stderr


@pytest.mark.usefixtures("libraries")
class TestNoModel:
    @pytest.fixture(autouse=True)
    def offline(self, monkeypatch, saved):
        """As on a machine without a network; the library reads the variable on import only."""
        from huggingface_hub import constants

        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

    def refused(self, name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            with pytest.raises(ModelError) as caught:
                load_encoder(name)
        return str(caught.value)

    def test_a_name_nobody_knows(self):
        message = self.refused("nobody/no-such-model")
        assert "\n" not in message
        assert re.match(
            r"model 'nobody/no-such-model' cannot be loaded: give the folder of a "
            r"sentence-transformers model.* leave --model out for the built-in encoder",
            message,
        )

    def test_an_empty_folder(self, tmp_path):
        message = self.refused(str(tmp_path))
        assert "\n" not in message
        assert "cannot be loaded: give the folder of" in message

    def test_a_damaged_model(self, saved, tmp_path):
        shutil.copytree(saved / "tiny", tmp_path / "damaged")
        for path in (tmp_path / "damaged").rglob("*.safetensors"):
            path.write_bytes(b"no tensors")
        assert "cannot be loaded" in self.refused(str(tmp_path / "damaged"))

    def test_on_the_command_line(self, aligner, folder):
        result = aligner(
            "align", "night.en.txt", "night.ru.txt", "-o", "o.tsv", "--model", "nobody/no-such"
        )
        assert result.exit_code == 2
        lines = result.stderr.rstrip("\n").split("\n")
        assert lines[-1].startswith("error: model 'nobody/no-such' cannot be loaded")
        assert not (folder / "o.tsv").exists()
