# Two commands are all there is to know: `make demo` and `make test`. Each makes the machine ready by itself.
PY := .venv/bin/python
PLAY ?=
PROOF ?=
DEMO_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench endurance voice gallery image image-lock image-verify image-repro image-test image-ci bundle update-test docs \
	lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## make the machine ready: Debian packages, .venv, dependencies by hash
	@sh image/setup.sh

demo: setup ## the kiosk in a window; without a display it plays a story by itself and leaves build/demo/
	@$(PY) -m kiosk.demo $(if $(PLAY),--play $(PLAY)) $(DEMO_OPTIONS)

test: check ## everything that proves the kiosk works
	@$(PY) -m pytest -q -n 4 --dist worksteal

check: setup ## style, types, import rules, measures of the house
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/mypy image/*.py image/proofs image/test
	@$(PY) -m pytest -q tests/house

bench: setup ## figures: prints a table, writes build/bench.json
	@$(PY) -m tests.bench

endurance: setup ## many visits one after the other: does anything grow? (VISITS=120); leaves build/endurance.json
	@$(PY) -m tests.bench.endurance_run --visits $(or $(VISITS),120)

voice: setup ## say the fixed sentences into build/voice/: Open JTalk where it has a voice, eSpeak NG elsewhere
	@$(PY) -m kiosk.voice --out build/voice

gallery: setup ## every scene, language, size and theme as pictures, in build/gallery/
	@$(PY) -m tests.gallery

image: setup ## a bootable arm64 image for Raspberry Pi, in build/image/; needs root and image/host-packages.txt
	@nice -n 10 sh image/build.sh

image-lock: setup ## pin the image's Debian packages anew: image/debian.lock
	@$(PY) image/debs_lock.py

image-verify: setup ## check build/image against its signed manifest: KEY=public.pem, or none for a demonstration
	@$(PY) image/manifest.py verify build/image $(if $(KEY),--key $(KEY),--demo)

image-repro: setup ## build the commit again in another folder and tell what differs; needs a finished make image
	@nice -n 10 sh image/repro.sh

image-test: setup ## boot the image in QEMU and prove what it promises (PROOF=journey for one); leaves build/image/test/
	@PYTHONPATH=. nice -n 10 $(PY) image/boot_test.py $(PROOF)

bundle: setup ## a signed update of the built image (UPDATE_CERT, UPDATE_KEY; without them by a throw-away authority)
	@sh image/bundle.sh build/image

update-test: setup ## prove updates in QEMU, from U-Boot on (PROOF=pulled PULLS=100); leaves build/image/update/
	@PYTHONPATH=. nice -n 10 $(PY) image/update_test.py $(PROOF)

image-ci: setup ## the image's part that fits a submission: build it quickly, boot it to the attract scene, refuse a changed bit
	@IMAGE_QUICK=1 IMAGE_CACHE=build/image/cache MADOGUCHI_IMAGE_WORK=$${MADOGUCHI_IMAGE_WORK:-/var/tmp/madoguchi-image-ci} \
	    sh image/build.sh build/image-ci
	@IMAGE=build/image-ci PYTHONPATH=. $(PY) image/boot_test.py boot refused

docs: setup ## draw what is drawn from code: docs/journey.md
	@$(PY) -m kiosk.journey.diagram docs/journey.md

lock: setup ## pin the dependencies anew: requirements.lock
	@.venv/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --extra city --extra dev --no-header -o requirements.lock

clean: ## forget what was built; the virtual environment too
	@rm -rf build .venv
