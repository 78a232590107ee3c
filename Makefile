# The README's two commands. Each does all the set-up on a fresh Debian: packages and Rust first, then the build.
# Where rustup puts what it fetches.
export PATH := $(HOME)/.cargo/bin:$(PATH)
.PHONY: demo test room features bench picture untrusted faults waiting mutants deny deb guide browser

demo:
	@./.ci/packages
	@./.ci/rust
	cargo build --locked --profile demo --no-default-features --features kiosk,server,web
	./target/demo/vaxkiosk demo

test:
	@./.ci/packages tests
	@./.ci/rust
	@./.ci/test

# Lints of the programs with fewer features: of the domain alone, of a kiosk and of a service as they are packed.
features:
	@./.ci/rust
	cargo clippy --locked --no-default-features -- -D warnings
	cargo clippy --locked --no-default-features --features kiosk,pcsc,staff-card -- -D warnings
	cargo clippy --locked --no-default-features --features server,rush -- -D warnings

bench:
	@./.ci/packages tests
	@./.ci/rust
	cargo bench --locked --bench frame
	cargo bench --locked --bench service
	cargo bench --locked --bench memory

# Debian packages of kiosk and service.
deb:
	@./.ci/package
	@./.ci/check-packages

# docs/service.md, from an empty Debian to a service with TLS, backup and restore, command by command.
guide:
	@./.ci/packages guide
	@./.ci/guide

# docs/: pictures of the real screen, and a booking as a moving one.
picture:
	@./.ci/packages tests
	@./.ci/rust
	./.ci/photograph docs
	./.ci/film docs

# A training in a real browser (Chromium): bookings by clicks, keys and touches, with photographs of each page in target/browser.
browser:
	@./.ci/packages tests
	@./.ci/packages browser
	@./.ci/rust
	./.ci/browser target/browser

# Ten million strings to each parser of what comes from outside.
untrusted:
	@./.ci/packages tests
	@./.ci/rust
	cargo test --locked --release --test kiosk untrusted:: -- --ignored --nocapture

# Faults at their full size: 200 kills on each database, 16,100 strangers, full disks, a failover, a connection cut at every byte, every
# write refused. Some fifteen minutes.
faults:
	@./.ci/packages tests
	@./.ci/rust
	KILLS=200 STRANGERS=16100 EVERY=1 cargo test --locked --release --no-fail-fast --test programs --test service -- --nocapture --test-threads 1 crash:: killed:: faults:: failover:: full_disk:: refusing:: cut:: clock_steps::

# The crowd that waits at its full size, on both databases: 10,000 wait, 2,000 seats come free, servers are killed 50 times; and what a
# cancellation costs with 100,000 who wait.
waiting:
	@./.ci/packages tests
	@./.ci/rust
	WAITING=10000 FREED=2000 KILLED=50 LINE=100000 COST=5 cargo test --locked --release --test service -- --nocapture --test-threads 1 waiting_crowd:: waiting_cost::

# Twenty trainees and their trainer on this machine (TRAINEES says another number, of 40 at most): how long a key takes to the console,
# what the processors do, whether results are right.
room:
	@./.ci/packages tests
	@./.ci/rust
	cargo test --locked --release --test programs -- --ignored --nocapture trainer_room::

# Small changes to rules, engine, store, receipts and journey that no test sees. Some fifteen hundred of them: hours.
mutants:
	@./.ci/packages tests
	@./.ci/rust
	command -v cargo-mutants >/dev/null || cargo install --locked cargo-mutants
	cargo mutants

# Licences, sources and, where its database can be had, known faults of what this program is made of. Licences, sources and unwanted
# crates are looked at by `make test` too (tests/repository/dependencies.rs).
deny:
	@./.ci/rust
	command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	cargo deny --locked check licenses sources bans
	cargo deny --locked check advisories || echo "The database of advisories could not be had, or names something: see above." >&2
