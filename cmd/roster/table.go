package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/term"
)

const (
	columnGap = 2
	// narrowest is what a column is cut down to at most, in terminal cells.
	narrowest = 8
)

// printRows writes a table with a header for people, and bare tab-separated lines
// where no person looks on.
func printRows(w io.Writer, header []string, rows [][]string) error {
	out := &strings.Builder{}
	if width := terminalWidth(w); width > 0 {
		writeTable(out, header, rows, width)
	} else {
		for _, row := range rows {
			writeRow(out, row)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// writeRow joins cells by tabs.
func writeRow(out *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte('\t')
		}
		out.WriteString(plain(cell))
	}
	out.WriteByte('\n')
}

// writeTable aligns the cells by what a terminal shows of them, which is neither
// bytes nor letters, and cuts the widest columns until a row fits the width. The
// first column stays whole: it is what other commands take.
func writeTable(out *strings.Builder, header []string, rows [][]string, width int) {
	table := append([][]string{header}, rows...)
	widths := make([]int, len(header))
	for i, row := range table {
		clean := make([]string, len(row))
		for k, cell := range row {
			clean[k] = plain(cell)
			widths[k] = max(widths[k], displaywidth.String(clean[k]))
		}
		table[i] = clean
	}
	fit(widths, width)
	for _, row := range table {
		line := &strings.Builder{}
		for k, cell := range row {
			cell = displaywidth.TruncateString(cell, widths[k], "…")
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[k]-displaywidth.String(cell)+columnGap))
		}
		out.WriteString(strings.TrimRight(line.String(), " "))
		out.WriteByte('\n')
	}
}

// fit narrows the widest columns but the first until all of them fit into width.
func fit(widths []int, width int) {
	total := columnGap * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; total > width; total-- {
		widest := 0
		for k := 1; k < len(widths); k++ {
			if widest == 0 || widths[k] > widths[widest] {
				widest = k
			}
		}
		if widest == 0 || widths[widest] <= narrowest {
			return
		}
		widths[widest]--
	}
}

// plain is a text with control characters made spaces: they would break a row, or
// steer the terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

func isTerminal(w io.Writer) bool { return terminalWidth(w) > 0 }

// terminalWidth is the width of a terminal in cells, 0 for everything else. One
// that does not tell is as wide as it takes.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return width
	}
	return 1 << 16
}

// printObject writes names and values for people, each value whole.
func printObject(w io.Writer, lines [][]string) error {
	widest := 0
	for _, line := range lines {
		widest = max(widest, displaywidth.String(line[0]))
	}
	out := &strings.Builder{}
	for _, line := range lines {
		out.WriteString(strings.TrimRight(line[0]+strings.Repeat(" ", widest-displaywidth.String(line[0])+columnGap)+plain(line[1]), " "))
		out.WriteByte('\n')
	}
	_, err := io.WriteString(w, out.String())
	return err
}
