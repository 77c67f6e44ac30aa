package api

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// counted is a connection that counts what is written to it.
type counted struct {
	net.Conn
	writes, bytes int
}

func (c *counted) Write(b []byte) (int, error) {
	c.writes++
	c.bytes += len(b)
	return c.Conn.Write(b)
}

// An answer of any length arrives whole, whether its head and body are written at once
// by net/http or one after the other, and also behind others on its connection.
func TestConn_answers_arrive_whole(t *testing.T) {
	t.Parallel()
	sizes := []int{0, 1, 2047, 2048, 3900, 4000, 4095, 4096, 4097, 5000, 8192, 100_000, 3_000_000}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			next := make(chan int, 1)
			srv := NewServer("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				size := <-next
				if r.Method == http.MethodHead {
					return
				}
				expect(r, size)
				if _, err := io.WriteString(w, strings.Repeat("\r\n\r\n", size/4)+"abc"[:size%4]); err != nil {
					t.Error(err)
				}
			}), nil)
			go func() { _ = srv.Serve(Listener(l)) }() // until it is closed
			t.Cleanup(func() {
				if err := srv.Close(); err != nil {
					t.Error(err)
				}
			})
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }() // the server is, too
			in := bufio.NewReader(c)
			for _, size := range sizes {
				next <- size
				if _, err := io.WriteString(c, method+" / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				resp, err := http.ReadResponse(in, &http.Request{Method: method})
				if err != nil {
					t.Fatal(size, err)
				}
				body, err := io.ReadAll(resp.Body)
				if closed := resp.Body.Close(); err != nil || closed != nil {
					t.Fatal(size, err, closed)
				}
				if want := size; method == http.MethodGet && len(body) != want {
					t.Errorf("got %d bytes, want %d", len(body), want)
				}
			}
		})
	}
}

// What is held leaves with what follows; what is complete is not held.
func TestConn_holds_what_is_to_be_continued(t *testing.T) {
	t.Parallel()
	near, far := net.Pipe()
	got := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(far) // ends with the pipe
		got <- string(text)
	}()
	under := &counted{Conn: near}
	c := &conn{Conn: under}
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"
	for _, step := range []struct {
		expected int
		text     string
		bytes    int // written by then
	}{
		{6, head + "abc", 0},
		{0, "def", len(head) + 6},
		{6, head + "abcdef", 2*len(head) + 12}, // complete
		{0, "more", 2*len(head) + 16},
		{6, "no head", 2*len(head) + 23},
	} {
		c.expected = step.expected
		if n, err := c.Write([]byte(step.text)); n != len(step.text) || err != nil {
			t.Errorf("write %q: got %d, %v", step.text, n, err)
		}
		if under.bytes != step.bytes {
			t.Errorf("written after %q: got %d bytes, want %d", step.text, under.bytes, step.bytes)
		}
	}
	if err := near.Close(); err != nil {
		t.Fatal(err)
	}
	if text, want := <-got, head+"abcdef"+head+"abcdef"+"more"+"no head"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
}
