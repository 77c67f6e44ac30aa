package main

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/itchyny/gojq"
)

// filter is a compiled jq expression.
type filter struct{ code *gojq.Code }

// newFilter compiles an expression. It can read neither files nor the environment,
// where the secret key may be.
func newFilter(expression string) (*filter, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, usagef("--jq takes an expression such as '.[].id'", "--jq: %s", err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, usagef("--jq takes an expression such as '.[].id'", "--jq: %s", err)
	}
	return &filter{code}, nil
}

// print writes what the expression makes of one JSON text, a line for each: texts
// as they are, everything else as JSON.
func (f *filter) print(ctx context.Context, w io.Writer, text []byte) error {
	var in any
	dec := stdjson.NewDecoder(bytes.NewReader(text)) // gojq takes this package's numbers, which keep their digits
	dec.UseNumber()
	if err := dec.Decode(&in); err != nil {
		return fmt.Errorf("--jq: %w", err)
	}
	results := f.code.RunWithContext(ctx, in)
	for v, more := results.Next(); more; v, more = results.Next() {
		if err, failed := v.(error); failed {
			var halt *gojq.HaltError
			if errors.As(err, &halt) && halt.Value() == nil {
				return nil
			}
			return fmt.Errorf("--jq: %w", err)
		}
		if err := printResult(w, v); err != nil {
			return err
		}
	}
	return nil
}

func printResult(w io.Writer, v any) error {
	if s, ok := v.(string); ok {
		if isTerminal(w) {
			s = plain(s)
		}
		_, err := fmt.Fprintln(w, s)
		return err
	}
	b, err := gojq.Marshal(v)
	if err != nil {
		return fmt.Errorf("--jq: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s\n", b)
	return err
}
