package api

import (
	"log/slog"
	"net/http"
	"time"
)

// How long the server waits for a client. A whole request fits into the time to
// read it at 35 KB/s; the time to write starts when its header has been read.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 90 * time.Second
	idleTimeout       = 2 * time.Minute
)

// NewServer is an HTTP server for a handler of this package, with limits on what
// a client may send and on how slowly. Log may be nil. Serve it on a listener
// wrapped by Listener, so that even its earliest refusals are in the wire's form.
func NewServer(addr string, h http.Handler, log *slog.Logger) *http.Server {
	s := &http.Server{
		Addr:              addr,
		Handler:           h,
		MaxHeaderBytes:    maxHeaderBytes,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		ConnContext:       withConn,
		// net/http would answer OPTIONS * by itself.
		DisableGeneralOptionsHandler: true,
	}
	if log != nil {
		s.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	}
	return s
}
