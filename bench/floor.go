package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
)

// The floor of HTTP is bare net/http: it reads the request, knows nothing of it, and
// writes bytes it was given. It is a process too, so that it is measured alike.

// serveFloor answers /store/NAME by keeping the body, any other target with the
// bytes that the header Floor names.
func serveFloor() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("listening on http://" + l.Addr().String())
	var kept sync.Map
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /store/{name}", func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			kept.Store(r.PathValue("name"), body)
		}
	})
	mux.HandleFunc("/floor/{name}", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return
		}
		value, _ := kept.Load(r.PathValue("name"))
		body, _ := value.([]byte)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body) // who went away is no concern of the floor
	})
	return http.Serve(l, mux) //nolint:gosec // loopback, for as long as a benchmark runs
}

func startFloor() (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return launch(exec.Command(self, "-floor"))
}

// keep gives the floor an answer to write.
func (s *server) keep(name string, answer []byte) error {
	_, err := once(s.addr(), request{"PUT", "/store/" + name, string(answer)})
	return err
}
