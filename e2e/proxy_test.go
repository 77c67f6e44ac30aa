package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/stream"
	"github.com/Shopify/toxiproxy/v2/toxics"
	"github.com/rs/zerolog"
)

// wire is a proxy between a server and PostgreSQL that damages what passes.
type wire struct {
	*toxiproxy.Proxy
	t testing.TB
}

// newWire makes one to a cluster, undamaged.
func newWire(t testing.TB, c *cluster) *wire {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	w := &wire{toxiproxy.NewProxy(server, "postgres", "127.0.0.1:0", net.JoinHostPort("127.0.0.1", c.port)), t}
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return w
}

func (w *wire) port() string { return w.Listen[strings.LastIndexByte(w.Listen, ':')+1:] }

// damage describes a toxic as toxiproxy's API does.
type damage struct {
	Name       string         `json:"name"`
	Type       string         `json:"type"`
	Stream     string         `json:"stream"` // upstream, to the database, or downstream
	Toxicity   float64        `json:"toxicity"`
	Attributes map[string]any `json:"attributes"`
}

func (w *wire) add(d damage) {
	w.t.Helper()
	text, err := json.Marshal(d)
	if err == nil {
		_, err = w.Toxics.AddToxicJson(bytes.NewReader(text))
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) heal() { w.Toxics.ResetToxics(context.Background()) }

// cutCommit is a toxic of ours: it cuts connections exactly when a transaction
// commits, before PostgreSQL hears of it or before its answer can come back.
type cutCommit struct {
	Before float64 `json:"before"` // probabilities
	After  float64 `json:"after"`
}

const cutCommitType = "cut_commit"

// registerCut makes it known to toxiproxy.
var registerCut = sync.OnceFunc(func() { toxics.Register(cutCommitType, new(cutCommit)) })

// cutBefore and cutAfter count what cutCommit did.
var cutBefore, cutAfter atomic.Int64

// Pipe lets a connection's bytes pass until it cuts it.
func (d *cutCommit) Pipe(stub *toxics.ToxicStub) {
	for {
		select {
		case <-stub.Interrupt:
			return
		case chunk := <-stub.Input:
			if chunk == nil {
				stub.Close()
				return
			}
			draw := rand.Float64()
			switch {
			case !isCommit(chunk) || draw > d.Before+d.After:
				stub.Output <- chunk
				continue
			case draw < d.Before:
				cutBefore.Add(1)
			default:
				stub.Output <- chunk
				cutAfter.Add(1)
			}
			stub.Close()
			return
		}
	}
}

// isCommit finds the statement in PostgreSQL's protocol: where it is run, under the name
// that the driver prepares it by, behind the empty name of a portal.
func isCommit(c *stream.StreamChunk) bool { return bytes.Contains(c.Data, []byte(commitByName)) }

var commitByName = func() string {
	digest := sha256.Sum256([]byte("commit"))
	return fmt.Sprintf("\x00stmtcache_%x\x00", digest[:24])
}()
