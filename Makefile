# The README's two commands. Each does all the set-up on a fresh Debian with Rust: packages first, then the build.
.PHONY: demo test bench picture untrusted deb

demo:
	@./.ci/packages
	cargo build --release --locked
	./target/release/vaxkiosk demo

test:
	@./.ci/packages tests
	@./.ci/test

bench:
	@./.ci/packages tests
	cargo bench --locked --bench frame
	cargo bench --locked --bench service
	cargo bench --locked --bench memory

# A Debian package of the kiosk alone, without the service.
deb:
	@./.ci/package

# docs/: pictures of the real screen.
picture:
	@./.ci/packages tests
	./.ci/photograph docs

# Ten million strings to each parser of what comes from outside.
untrusted:
	@./.ci/packages tests
	cargo test --locked --release --test untrusted -- --ignored --nocapture
