package roster

import (
	"fmt"
	"math"
	"strconv"
)

// HeaderPosition is the header that carries a Position. An answer has it where the
// server reads lists from a replica; a request that sends one back is never
// answered from an older state.
const HeaderPosition = "Roster-Position"

// Position says up to where the history of changes has been seen. Of two
// positions of one database the greater has seen more. Clients pass it on and read
// nothing else into it.
type Position uint64

// PositionUnknown is beyond every other: nobody could tell how much was seen, so
// only the database itself can answer.
const PositionUnknown Position = math.MaxUint64

const positionLength = 16 // hexadecimal digits

// ParsePosition reads the header's form: 16 lower-case hexadecimal digits.
func ParsePosition(text string) (Position, error) {
	n, err := strconv.ParseUint(text, 16, 64)
	if p := Position(n); err == nil && p.String() == text {
		return p, nil
	}
	return 0, fmt.Errorf("a position is %d hexadecimal digits", positionLength)
}

// String is the header's form.
func (p Position) String() string { return fmt.Sprintf("%0*x", positionLength, uint64(p)) }
