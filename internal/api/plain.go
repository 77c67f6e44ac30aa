package api

import (
	"bytes"
	"unicode/utf8"

	"github.com/rosterhq/roster"
)

// Most texts of an answer are ASCII without anything to escape, which is seen eight
// bytes at a time. Of a word, below 0 in some byte's highest bit is what has such a byte.

const (
	ones  = 0x0101010101010101 // times a byte is eight of it
	highs = 0x80 * ones
)

// zeros has a byte of 0 in it if any, and only if, its highs are not all 0.
func zeros(word uint64) uint64 { return (word - ones) &^ word }

// special is which bytes of a text are looked for beside backslashes, <, > and what is
// no ASCII: those below low, and those that are like but for the bits of but.
type special struct{ low, but, like uint64 }

var (
	inString = special{low: ' ' * ones, but: ('"' ^ '&') * ones, like: '"' * ones}
	inObject = special{low: (' ' + 1) * ones, like: '&' * ones} // quotes and all
)

func (s special) in(word uint64) bool {
	const angles = ('<' ^ '>') * ones
	return ((word-s.low)&^word|zeros(word&^s.but^s.like)|zeros(word&^angles^'<'*ones)|zeros(word^'\\'*ones)|word)&highs != 0
}

// absent reports whether a text of eight bytes or more has none of them.
func absent[T string | []byte](s special, text T) bool {
	last := len(text) - 8
	for i := 0; i < last; i += 8 {
		if s.in(wordOf(text, i)) {
			return false
		}
	}
	return !s.in(wordOf(text, last))
}

func wordOf[T string | []byte](text T, i int) uint64 {
	t := text[i : i+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// plain reports whether a string needs no escape.
func plain(s string) bool {
	if len(s) >= 8 && absent(inString, s) {
		return true
	}
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s)
}

// asKept reports whether metadata is written as it is kept.
func asKept(m roster.Metadata) bool {
	if len(m) >= 8 && absent(inObject, []byte(m)) {
		return true
	}
	return len(m) > 0 && utf8.Valid(m) && !bytes.ContainsAny(m, "\\<>&\n\r\t ")
}
