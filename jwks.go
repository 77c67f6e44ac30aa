package roster

// JWKS are the public keys that verify an instance's tokens (RFC 7517).
type JWKS struct {
	Keys []JWK `json:"keys"`
}

// JWK is one public RSA key: modulus and exponent in base64url without padding.
type JWK struct {
	Use string `json:"use"`
	Kty string `json:"kty"`
	Kid string `json:"kid"`
	Alg string `json:"alg"`
	N   string `json:"n"`
	E   string `json:"e"`
}
