package main

import (
	"context"
	"errors"
	"net"
	"os"
	"strconv"
)

// Where the two listeners are when nothing else is said.
const (
	defaultAddr   = "127.0.0.1:8787"
	defaultManage = "127.0.0.1:8788"
)

// listeners are the sockets of a server: the API and, unless switched off,
// management.
type listeners struct {
	api    net.Listener
	manage net.Listener // nil when off
}

// listen opens both sockets. Failures are usage errors: the address is the
// caller's choice.
func listen(ctx context.Context, addr, manage string) (*listeners, error) {
	ls := &listeners{}
	var err error
	if ls.api, err = listenAPI(ctx, addr); err != nil {
		return nil, err
	}
	if ls.manage, err = listenManage(ctx, manage); err != nil {
		return nil, errors.Join(err, ls.close())
	}
	return ls, nil
}

func listenAPI(ctx context.Context, addr string) (net.Listener, error) {
	return listenTCP(ctx, "--addr", addr)
}

// listenManage opens the management socket, which may only be reachable from this
// machine: what answers there asks for no key.
func listenManage(ctx context.Context, addr string) (net.Listener, error) {
	if addr == "" || addr == "off" {
		return nil, nil //nolint:nilnil // a listener that is switched off is no error, and nil says so
	}
	refused := usagef("give --manage 127.0.0.1:PORT, [::1]:PORT, or off", "the management listener must be on a loopback address, not %s", addr)
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, refused
	}
	l, err := listenTCP(ctx, "--manage", addr)
	if err != nil {
		return nil, err
	}
	// A hosts file can point localhost anywhere.
	if !isLoopback(l) {
		return nil, errors.Join(refused, l.Close())
	}
	return l, nil
}

func listenTCP(ctx context.Context, flag, addr string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, usagef(flag+" takes HOST:PORT, such as "+defaultAddr, "cannot listen on %q: it is not HOST:PORT", addr)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err == nil {
		return l, nil
	}
	var cause *os.SyscallError
	if errors.As(err, &cause) {
		return nil, usagef("choose another address with "+flag+"; port 0 takes any free one", "cannot listen on %s: %s", addr, cause.Err)
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return nil, usagef(flag+" takes HOST:PORT, such as "+defaultAddr, "cannot listen on %s: %s", addr, err)
}

// baseURL is a URL that a listener answers at. One on every address of the machine has
// none that holds everywhere, and is told of by the one that holds on it.
func baseURL(l net.Listener) string {
	addr := l.Addr().String()
	if tcp, ok := l.Addr().(*net.TCPAddr); ok && everywhere(l) {
		addr = net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return "http://" + addr
}

// everywhere reports whether a listener is on every address of the machine.
func everywhere(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsUnspecified()
}

// close closes the sockets that no server has taken over; those that one has closed
// count as closed.
func (ls *listeners) close() error {
	var errs []error
	for _, l := range []net.Listener{ls.api, ls.manage} {
		if l == nil {
			continue
		}
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func isLoopback(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
