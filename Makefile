# One line per thing a contributor does. `make test` is the judge: what passes it
# is fine.

GO      ?= go
LINT    := $(GO) tool -modfile=tools/lint.mod golangci-lint

.PHONY: help test check-tools postgres download vet lint race build bench compat generate

help:
	@echo "make test      everything CI asks of the code: vet, lint, all tests under the race detector, on both engines"
	@echo "make lint      golangci-lint alone"
	@echo "make build     the binary, ./roster"
	@echo "make bench     all benchmarks"
	@echo "make compat    the official SDKs against this server (needs Node, Python and Maven)"
	@echo "make generate  what is generated: docs/coverage.md, docs/openapi.json, operations"

test: check-tools postgres download vet lint race

# Go fetches everything else by itself. The race detector is linked by a C compiler.
check-tools:
	@command -v $(GO) >/dev/null || { echo "make: Go is missing. Install Go 1.26 or later: https://go.dev/dl/" >&2; exit 1; }
	@$(GO) list -m >/dev/null || { echo "make: $$($(GO) version) does not do. Install Go 1.26 or later: https://go.dev/dl/" >&2; exit 1; }
	@command -v "$$($(GO) env CC)" >/dev/null || { echo "make: a C compiler is missing, which the race detector needs. On Debian: apt-get install gcc libc6-dev" >&2; exit 1; }
	@command -v curl >/dev/null || { echo "make: curl is missing, which runs the printed examples in tests. On Debian: apt-get install curl" >&2; exit 1; }

# Every suite runs on SQLite and on PostgreSQL.
postgres:
	@tools/postgres.sh

download:
	$(GO) mod download

vet:
	$(GO) vet ./...
	cd compat && $(GO) vet ./...
	cd bench && $(GO) vet ./...

lint:
	$(LINT) run ./...

# SQLite is C that was translated, and password digests are arithmetic: the detector
# has nothing to find in them, and takes most of the time looking.
race:
	$(GO) test -race -gcflags='github.com/ncruces/go-sqlite3-wasm/...=-race=false' \
		-gcflags='golang.org/x/crypto/...=-race=false' -timeout 20m ./...

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o roster ./cmd/roster

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
	cd bench && $(GO) run . --docs ../docs/benchmarks.md

compat:
	cd compat && $(GO) run . --docs ../docs/compat.md && $(GO) test ./...

generate:
	$(GO) generate ./...
