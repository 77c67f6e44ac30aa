package roster

import (
	"net/url"
	"strconv"
)

// Limits of a list.
const (
	DefaultLimit    = 10
	MaxLimit        = 500
	MaxFilterValues = 100
)

// Page is one page of a list and how many there are before paging.
type Page[T any] struct {
	Data       []T   `json:"data"`
	TotalCount int64 `json:"total_count"`
}

// Count is the answer of a counting operation.
type Count struct {
	Object     string `json:"object"`
	TotalCount int64  `json:"total_count"`
}

// Deleted tells what was removed.
type Deleted struct {
	Object     string `json:"object"`
	ID         string `json:"id,omitzero"`
	Slug       string `json:"slug,omitzero"`
	ExternalID string `json:"external_id,omitzero"`
	Deleted    bool   `json:"deleted"`
}

// Paging chooses a page. Limit 0 means DefaultLimit. StartingAfter is the id of
// the last element of the page before; it excludes Offset.
type Paging struct {
	Limit         int
	Offset        int64
	StartingAfter string
}

// PageLimit is Limit with its default.
func (p Paging) PageLimit() int {
	if p.Limit == 0 {
		return DefaultLimit
	}
	return p.Limit
}

func (p Paging) values(v url.Values) {
	if p.Limit != 0 {
		v.Set("limit", strconv.Itoa(p.Limit))
	}
	if p.Offset != 0 {
		v.Set("offset", strconv.FormatInt(p.Offset, 10))
	}
	if p.StartingAfter != "" {
		v.Set("starting_after", p.StartingAfter)
	}
}

// Order sorts a list by one attribute; the zero Order is the list's default.
type Order struct {
	By   string
	Desc bool
}

// Asc sorts by an attribute, smallest first.
func Asc(by string) Order { return Order{By: by} }

// Desc sorts by an attribute, largest first.
func Desc(by string) Order { return Order{By: by, Desc: true} }

// ParseOrder reads an order_by value: an attribute, optionally signed. A leading
// space counts as the + it was before URL decoding.
func ParseOrder(s string) Order {
	name, exclude := CutSign(s)
	return Order{By: name, Desc: exclude}
}

// String is the order_by value, empty for the default.
func (o Order) String() string {
	if o.By != "" && o.Desc {
		return "-" + o.By
	}
	return o.By
}

// Or returns the order, or d where it is the default.
func (o Order) Or(d Order) Order {
	if o.By == "" {
		return d
	}
	return o
}

// CutSign splits the sign off a value: + or nothing includes, - excludes. A
// leading space counts as the + it was before URL decoding.
func CutSign(s string) (value string, exclude bool) {
	if s == "" {
		return s, false
	}
	switch s[0] {
	case '+', ' ':
		return s[1:], false
	case '-':
		return s[1:], true
	}
	return s, false
}

// Selection filters by values to take and values to leave out. Empty selects all;
// with only Exclude it selects all but those.
type Selection struct {
	Include []string
	Exclude []string
}

// Only selects the given values.
func Only(values ...string) Selection { return Selection{Include: values} }

// Except selects all but the given values.
func Except(values ...string) Selection { return Selection{Exclude: values} }

func (s Selection) values(v url.Values, name string) {
	for _, id := range s.Include {
		v.Add(name, "+"+id)
	}
	for _, id := range s.Exclude {
		v.Add(name, "-"+id)
	}
}

func addAll(v url.Values, name string, values []string) {
	for _, s := range values {
		v.Add(name, s)
	}
}

func setText(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func setInt(v url.Values, name string, f Field[int64]) {
	if n, ok := f.Get(); ok {
		v.Set(name, strconv.FormatInt(n, 10))
	}
}

func setBool(v url.Values, name string, f Field[bool]) {
	if b, ok := f.Get(); ok {
		v.Set(name, strconv.FormatBool(b))
	}
}
