package service

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
)

// Lines are read and checked while those before them are written.
const (
	maxExportLine = 16 << 20  // bytes
	readTogether  = 256 << 10 // bytes of lines that are handed over together, about
	readAhead     = 4         // times so many
)

// readLine is a line that was read and checked, or why there is none.
type readLine struct {
	exportLine

	text []byte
	more bool // something follows, on a trailer
	err  error
}

// lineReader reads the lines of an export.
type lineReader struct {
	in   *bufio.Reader
	line int64 // the last one read
}

// read reads a line with its end; false at the end of all.
func (l *lineReader) read() ([]byte, bool, error) {
	var line []byte
	for {
		part, err := l.in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxExportLine:
			return nil, false, failure(l.line+1, fmt.Errorf("longer than %d bytes", maxExportLine))
		case err == nil:
			l.line++
			return line, true, nil
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, false, nil
		case errors.Is(err, io.EOF):
			return nil, false, failure(l.line+1, errors.New("it does not end: the export was cut short"))
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, fmt.Errorf("read export: %w", err)
		}
	}
}

// run hands over what it reads until the trailer, a mistake or the end of ctx.
func (l *lineReader) run(ctx context.Context, version int64, to chan<- []readLine) {
	defer close(to)
	for last := false; !last; {
		var some []readLine
		for bytes := 0; !last && bytes < readTogether; {
			line := l.next(version)
			last = line.err != nil || line.trailer != nil
			bytes += len(line.text)
			some = append(some, line)
		}
		select {
		case to <- some:
		case <-ctx.Done():
			return
		}
	}
}

func (l *lineReader) next(version int64) (line readLine) {
	var there bool
	line.text, there, line.err = l.read()
	switch {
	case line.err != nil:
		return line
	case !there:
		line.err = failure(l.line+1, errors.New("the trailer is missing: the export was cut short"))
		return line
	}
	var err error
	if line.exportLine, err = parseLine(line.text, version); err != nil {
		line.err = failure(l.line, err)
	}
	if line.trailer != nil {
		_, err := l.in.ReadByte()
		line.more = !errors.Is(err, io.EOF)
	}
	return line
}
