# Everything here is a short line that you could type; .ci/run calls the same ones.
CARGO ?= cargo
OUT ?= demo-out
LUNGANG = target/release/lungang

.PHONY: build setup demo test check bench bench-full slurm fmt demo-data clean

build: setup
	$(CARGO) build --release

setup:
	@scripts/setup.sh

# Plans the generated district in data/demo, 27 departments and 900 people, in about half a minute; then the independent
# checker judges the plan.
demo: build
	@mkdir -p $(OUT)
	$(LUNGANG) plan data/demo --time-limit 30 -o $(OUT)/plan.xlsx -o $(OUT)/plan.json -o $(OUT)/plan/ \
		-o $(OUT)/papers.docx -o $(OUT)/report.html
	$(LUNGANG) check $(OUT)/plan.json --input data/demo --quiet

test: setup
	$(CARGO) test --release --workspace

check: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --release --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --workspace --no-deps

# Lungang, HiGHS and CP-SAT on the same cases, five seeds each; adds a table to docs/benchmarks.md. Hours: see there.
bench: build
	$(CARGO) build --release --example peer_model
	scripts/bench.sh

# The same with twenty seeds.
bench-full: build
	$(CARGO) build --release --example peer_model
	SEEDS="1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20" scripts/bench.sh

# A batch through a real Slurm on this machine (slurm-wlm, installed where it may be), killed and requeued in the middle.
slurm: build
	scripts/slurm.sh $(LUNGANG)

fmt:
	$(CARGO) fmt --all

# Writes data/demo and data/messy again; a test holds that they are what the generator gives.
demo-data: build
	$(LUNGANG) template --demo --family district --lang zh -o data/demo/
	$(LUNGANG) template --messy -o data/messy/

clean:
	$(CARGO) clean
	rm -rf $(OUT)
