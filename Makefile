# The two commands are `make run` and `make test`; PORT chooses the port, DATABASE_URL another server.
# No target is a file.
.PHONY: run test check bench validate edition clean-state lock

run:
	@sh config/setup/entry.sh run

# PYTEST_ARGS goes to both runs of pytest, for example PYTEST_ARGS="-x -k search".
test:
	@sh config/setup/entry.sh test

check:
	@sh config/setup/entry.sh check

# make bench: speed, as ratios measured in one run. ONLY=kernel,rerank runs some measures; see the bench folder.
bench:
	@sh config/setup/entry.sh bench "$(ONLY)"

# make validate: how good the score is, judged on later years; rewrites fixtures/validation for the built-in edition.
# ENTRIES=file judges it on entries by sub-class instead, from an Urssaf export commune x APE.
validate:
	@sh config/setup/entry.sh validate "$(ENTRIES)"

# make edition DATA=folder: read every data set of that folder and rebuild fixtures/edition.
edition:
	@sh config/setup/entry.sh edition "$(DATA)"

# Remove the private databases and generated files of this checkout.
clean-state:
	@sh config/setup/entry.sh clean

# Rewrite the two lock files from the .in files (with `LOCK_FLAGS=--upgrade`, to newer versions).
lock:
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-options \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(LOCK_FLAGS) -o requirements.txt requirements.in
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-options \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(LOCK_FLAGS) -o requirements-dev.txt requirements-dev.in
