package service_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"testing"
)

// ownKey is a key as a template is given it, and what verifies its signatures.
type ownKey struct {
	kind     string // keys of one kind do for one another
	text     string
	verifier any
}

// newOwnKeys are keys for each algorithm. The elliptic ones are in the older form.
func newOwnKeys(t *testing.T) map[string]ownKey {
	t.Helper()
	out := map[string]ownKey{}
	for _, a := range []string{"HS256", "HS384", "HS512"} {
		out[a] = ownKey{"secret", ownSecret, []byte(ownSecret)}
	}
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		out[a] = ownKey{"RSA", encoded("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(big)), big.Public()}
	}
	for a, curve := range map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		der, err := x509.MarshalECPrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		out[a] = ownKey{a, encoded("EC PRIVATE KEY", der), key.Public()}
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	out["EdDSA"] = ownKey{"Ed25519", encoded("PRIVATE KEY", der), crypto.PublicKey(public)}
	return out
}

func encoded(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
