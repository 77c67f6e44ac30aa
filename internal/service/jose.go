package service

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

const minRSABits = 2048

// privateKeys keeps keys that were read before, by the text they were read from:
// checking an RSA key takes longer than signing with it. A text never stands for
// another key, so nothing here can be out of date.
type privateKeys struct {
	mu     sync.Mutex
	parsed map[string]crypto.Signer
}

// maxParsedKeys bounds the memory that keys of many instances take.
const maxParsedKeys = 1000

func (p *privateKeys) read(text string) (crypto.Signer, error) {
	p.mu.Lock()
	key := p.parsed[text]
	p.mu.Unlock()
	if key != nil {
		return key, nil
	}
	key, err := parsePrivateKey(text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.parsed) >= maxParsedKeys || p.parsed == nil {
		p.parsed = map[string]crypto.Signer{}
	}
	p.parsed[text] = key
	return key, nil
}

// parsePrivateKey reads a private key in PEM: PKCS #8, or the older forms of RSA and
// elliptic curves.
func parsePrivateKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("it is no private key in PEM")
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
		return nil, fmt.Errorf("a %T cannot sign", key)
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParseECPrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("it is no private key in PKCS #8, PKCS #1 or SEC 1")
	}
	return key, nil
}

// marshalPrivateKey is what parsePrivateKey reads.
func marshalPrivateKey(key crypto.Signer) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), err
}

// isSymmetric reports whether an algorithm signs with a secret that verifies too.
func isSymmetric(algorithm string) bool { return strings.HasPrefix(algorithm, "HS") }

// curves are the sizes of the keys that the algorithms of elliptic curves take.
var curves = map[string]int{"ES256": 256, "ES384": 384, "ES512": 521}

// checkKey says what keeps a key from signing with an algorithm.
func checkKey(algorithm, text string) error {
	if isSymmetric(algorithm) {
		var bits int
		if _, err := fmt.Sscanf(algorithm, "HS%d", &bits); err != nil {
			return fmt.Errorf("algorithm %s: %w", algorithm, err)
		}
		if len(text) < bits/8 {
			return fmt.Errorf("%s takes a secret of at least %d bytes", algorithm, bits/8)
		}
		return nil
	}
	key, err := parsePrivateKey(text)
	if err != nil {
		return err
	}
	fits := false
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if fits = algorithm[:2] == "RS" || algorithm[:2] == "PS"; fits && k.N.BitLen() < minRSABits {
			return fmt.Errorf("an RSA key needs at least %d bits", minRSABits)
		}
	case *ecdsa.PrivateKey:
		fits = curves[algorithm] == k.Curve.Params().BitSize
	case ed25519.PrivateKey:
		fits = algorithm == string(jose.EdDSA)
	}
	if !fits {
		return fmt.Errorf("it is no key for %s", algorithm)
	}
	return nil
}

// sign makes a JWT of claims. kid is left out when empty.
func (s *Service) sign(algorithm, keyText, kid string, claims []byte) (string, error) {
	var key any = []byte(keyText)
	if !isSymmetric(algorithm) {
		parsed, err := s.privateKeys.read(keyText)
		if err != nil {
			return "", fmt.Errorf("read signing key %s: %w", kid, err)
		}
		key = parsed
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.SignatureAlgorithm(algorithm), Key: jose.JSONWebKey{Key: key, KeyID: kid}},
		(&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", fmt.Errorf("sign with %s: %w", algorithm, err)
	}
	token, err := signer.Sign(claims)
	if err != nil {
		return "", fmt.Errorf("sign with %s: %w", algorithm, err)
	}
	return token.CompactSerialize()
}
