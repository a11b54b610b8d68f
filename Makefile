# Everything here is a short line that you could type; .ci/run calls the same ones.
CARGO ?= cargo
OUT ?= demo-out
LUNGANG = target/release/lungang

.PHONY: build setup demo test check bench fmt demo-data clean

build: setup
	$(CARGO) build --release

setup:
	@scripts/setup.sh

# Plans the generated department in data/demo, then has the independent checker judge the plan.
demo: build
	@mkdir -p $(OUT)
	$(LUNGANG) plan data/demo -o $(OUT)/plan.xlsx -o $(OUT)/plan.json -o $(OUT)/plan/
	$(LUNGANG) check $(OUT)/plan.json --input data/demo

test: setup
	$(CARGO) test --release --workspace

check: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --workspace --no-deps

# Seconds and tiers for generated cases of 60, 110 and 300 people.
bench: build
	scripts/bench.sh

fmt:
	$(CARGO) fmt --all

# Writes data/demo again; a test holds that it is what the generator gives.
demo-data: build
	$(LUNGANG) template --demo -o data/demo/

clean:
	$(CARGO) clean
	rm -rf $(OUT)
