module github.com/rosterhq/roster/compat

go 1.26.0

replace github.com/rosterhq/roster => ../

require (
	github.com/clerk/clerk-sdk-go/v2 v2.7.0
	github.com/rosterhq/roster v0.0.0-00010101000000-000000000000
)

require (
	github.com/go-jose/go-jose/v3 v3.0.4 // indirect
	github.com/go-json-experiment/json v1.27.2 // indirect
	golang.org/x/crypto v0.58.0 // indirect
)
