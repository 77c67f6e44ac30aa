package main

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/rosterhq/roster"
)

// printer writes answers in the form that was asked for.
type printer struct {
	cmd     *cobra.Command
	columns []string
	json    bool
	fields  []string // members to show of each object, nil for all
	filter  *filter

	rows  [][]string // of a table, which is aligned when all are there
	array bytes.Buffer
	count int64
}

// answer writes what a method answered.
func (p *printer) answer(t *task, m *method, v reflect.Value) error {
	switch {
	case m.isSilent():
		return nil
	case t.all:
		return p.walk(v)
	case element(m.result()) != nil:
		return p.page(t, v)
	}
	return p.single(v)
}

// walk writes the elements of all pages as they come.
func (p *printer) walk(seq reflect.Value) error {
	meter := newMeter(p.cmd.ErrOrStderr(), "reading:")
	defer meter.clear()
	for v, failed := range seq.Seq2() {
		if err, ok := failed.Interface().(error); ok {
			return err
		}
		if err := p.add(v.Interface()); err != nil {
			return err
		}
		meter.show(p.count)
	}
	meter.clear()
	return p.end()
}

// page writes one page, and says on standard error where it is not the whole list.
func (p *printer) page(t *task, v reflect.Value) error {
	list, total := v, int64(-1)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
		list = v
	}
	if v.Kind() == reflect.Struct {
		list, total = v.FieldByName("Data"), v.FieldByName("TotalCount").Int()
	}
	for i := range list.Len() {
		if err := p.add(list.Index(i).Interface()); err != nil {
			return err
		}
	}
	if err := p.end(); err != nil {
		return err
	}
	limit, offset := t.number("limit", roster.DefaultLimit), t.number("offset", 0)
	switch shown := int64(list.Len()); {
	case t.flagless("limit") || !t.do.all.IsValid():
	case total >= 0 && t.flagGiven("starting_after") && shown == limit, total < 0 && shown == limit:
		p.cmd.PrintErrf("%d shown, and there may be more: --all reads every page\n", shown)
	case total > offset+shown && !t.flagGiven("starting_after"):
		p.cmd.PrintErrf("%d of %d shown: --all reads every page\n", shown, total)
	}
	return nil
}

// setting is a setting by name, nil where the command has none.
func (t *task) setting(name string) *setting {
	for _, s := range t.settings {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (t *task) flagless(name string) bool { return t.setting(name) == nil }

func (t *task) flagGiven(name string) bool {
	s := t.setting(name)
	return s != nil && s.value != nil
}

// number is the value of an integer setting, or d.
func (t *task) number(name string, d int64) int64 {
	n := d
	if s := t.setting(name); s != nil && s.value != nil {
		if json.Unmarshal(s.value, &n) != nil {
			return d
		}
	}
	return n
}

// add writes one element of a list.
func (p *printer) add(v any) error {
	text, err := encode(v)
	if err != nil {
		return err
	}
	p.count++
	out := p.cmd.OutOrStdout()
	switch {
	case p.json && p.filter != nil:
		p.separate(&p.array)
		p.array.Write(p.chosen(text))
	case p.json:
		p.separate(out)
		_, err = out.Write(p.pretty(p.chosen(text), "  "))
	case isTerminal(out):
		p.rows = append(p.rows, p.row(text, shortTime))
	default:
		line := &strings.Builder{}
		writeRow(line, p.row(text, longTime))
		_, err = io.WriteString(out, line.String())
	}
	return err
}

// separate begins an array with its first element, and parts it from the others.
func (p *printer) separate(w io.Writer) {
	begin := "[\n"
	if p.count > 1 {
		begin = ",\n"
	}
	_, _ = io.WriteString(w, begin) // what fails fails again with the element
}

// end completes a list.
func (p *printer) end() error {
	out := p.cmd.OutOrStdout()
	last := "\n]\n"
	if p.count == 0 {
		last = "[]\n"
	}
	switch {
	case p.json && p.filter != nil:
		p.array.WriteString(last)
		return p.filter.print(p.cmd.Context(), out, p.array.Bytes())
	case p.json:
		_, err := io.WriteString(out, last)
		return err
	case isTerminal(out):
		return printRows(out, p.header(), p.rows)
	}
	return nil
}

func (p *printer) header() []string {
	out := make([]string, len(p.columns))
	for i, path := range p.columns {
		out[i] = strings.ToUpper(strings.ReplaceAll(lastName(path), "_", " "))
	}
	return out
}

func (p *printer) row(text jsontext.Value, layout string) []string {
	out := make([]string, len(p.columns))
	for i, path := range p.columns {
		out[i] = cell(lastName(path), member(text, path), layout)
	}
	return out
}

func lastName(path string) string { return path[strings.LastIndex(path, ".")+1:] }

func (p *printer) chosen(text jsontext.Value) jsontext.Value {
	if p.fields == nil {
		return text
	}
	return pick(text, p.fields)
}

// pretty spreads JSON over lines where a person looks on.
func (p *printer) pretty(text jsontext.Value, prefix string) jsontext.Value {
	if !isTerminal(p.cmd.OutOrStdout()) {
		return text
	}
	if err := text.Indent(jsontext.WithIndentPrefix(prefix), jsontext.WithIndent("  ")); err != nil {
		return text
	}
	return append(jsontext.Value(prefix), text...)
}

// single writes one object: a row for programs, a line for each member for people.
// What is no object is written as it is.
func (p *printer) single(v reflect.Value) error {
	text, err := encode(v.Interface())
	if err != nil {
		return err
	}
	out := p.cmd.OutOrStdout()
	switch {
	case p.filter != nil:
		return p.filter.print(p.cmd.Context(), out, p.chosen(text))
	case p.json:
		_, err = fmt.Fprintf(out, "%s\n", p.pretty(p.chosen(text), ""))
		return err
	case text.Kind() != '{':
		_, err = fmt.Fprintln(out, plain(cell("", text, longTime)))
		return err
	case isTerminal(out):
		var lines [][]string
		for name, value := range members(text) {
			lines = append(lines, []string{name, cell(name, value, longTime)})
		}
		return printObject(out, lines)
	}
	return printRows(out, nil, [][]string{p.row(text, longTime)})
}
