package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/rosterhq/roster"
)

const (
	defaultMaxWait = 30 * time.Second
	firstBackOff   = 250 * time.Millisecond
)

// retry decides whether a failed attempt is repeated, and when.
type retry struct {
	max     int
	longest time.Duration
	random  func() float64 // in [0,1)
}

// send makes attempts until one succeeds or its failure is final.
func (t *transport) send(ctx context.Context, op operation, target string, body []byte) ([]byte, error) {
	for attempt := 0; ; attempt++ {
		answer, err := t.try(ctx, op, target, body)
		if err == nil {
			return answer, nil
		}
		if attempt >= t.retry.max || ctx.Err() != nil {
			return nil, err
		}
		wait, again := t.retry.wait(op.method, attempt, err)
		if !again {
			return nil, err
		}
		if deadline, ok := ctx.Deadline(); ok && t.now().Add(wait).After(deadline) {
			return nil, err
		}
		if stopped := t.sleep(ctx, wait); stopped != nil {
			return nil, fmt.Errorf("client: %v: %w while waiting to repeat it after: %w", op, stopped, err)
		}
	}
}

// wait is the time until the next attempt, false when there should be none. A 429
// was refused before anything happened. A 503 or a broken connection leaves open
// whether a write happened, so only reads are repeated. Nobody waits for a second
// time-out.
func (r retry) wait(method string, attempt int, err error) (time.Duration, bool) {
	var res *roster.ErrorResponse
	if errors.As(err, &res) {
		again := res.Status == http.StatusTooManyRequests || res.Status == http.StatusServiceUnavailable && method == http.MethodGet
		if res.RetryAfter > 0 {
			return res.RetryAfter, again && res.RetryAfter <= r.longest
		}
		return r.backOff(attempt), again
	}
	var broken networkError
	var timeout net.Error
	again := method == http.MethodGet && errors.As(err, &broken) && !(errors.As(err, &timeout) && timeout.Timeout())
	return r.backOff(attempt), again
}

// backOff doubles with each attempt; a random half of it spreads the callers that
// failed together.
func (r retry) backOff(attempt int) time.Duration {
	d := r.longest
	if attempt < 16 { // beyond, the shift alone would exceed any longest wait
		d = min(d, firstBackOff<<attempt)
	}
	return d/2 + time.Duration(r.random()*float64(d/2))
}

// sleep waits for d or until ctx ends, whose error it returns then.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
