# Every target runs in the Python that `python` names: activate a virtual environment first.
PYTHON ?= python

.PHONY: setup check test eval bench model

setup: ## the package, its development tools, and the hooks that run before a commit
	$(PYTHON) -m pip install --editable '.[test,dev]'
	$(PYTHON) -m pre_commit install

check: ## what CI runs
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest

test:
	$(PYTHON) -m pytest

eval: ## accuracy against gold links
	$(PYTHON) -m tests.benchmarks.accuracy
	$(PYTHON) -m tests.benchmarks.segmentation
	$(PYTHON) -m tests.benchmarks.checks
	$(PYTHON) -m tests.benchmarks.moved
	$(PYTHON) -m tests.benchmarks.omissions

bench: ## time and memory
	$(PYTHON) -m tests.benchmarks.speed
	$(PYTHON) -m tests.benchmarks.memory
	$(PYTHON) -m tests.benchmarks.memories
	$(PYTHON) -m tests.benchmarks.search
	$(PYTHON) -m tests.benchmarks.page

model: ## models/links.json anew from the gold links and sentence pairs in ../shared, and whether it changed
	$(PYTHON) -m models.training
	git diff --stat models/links.json
