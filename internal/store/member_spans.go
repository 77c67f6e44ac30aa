package store

import (
	"errors"
	"fmt"
	"strings"
)

// How many of an organization's members joined in a span of time is counted as they
// come and go. So a page far from the first need not read what it skips: the spans
// before it are summed up, and only within one members are skipped.

// spanBits make a span about 70 minutes: few of them even in years, and few members
// in one unless many come at once.
const spanBits = 22

// spanOf is the span that a time is in.
func spanOf(createdAt int64) int64 { return createdAt >> spanBits }

// countSpan adds to how many members of an organization are from a span.
func (tx *Tx) countSpan(organizationID string, span, change int64) {
	tx.count(spanCounters, change, organizationID, span)
}

// spans skips whole spans of all the members of an organization, in an order by
// created_at.
func (tx *Tx) spans(organizationID string) skip {
	return func(where *clause, by ordering, offset int64) (int64, error) {
		span, left, err := tx.spanAt(organizationID, by.desc != by.fromEnd, offset)
		if by.desc != by.fromEnd {
			where.and("t.created_at < ?", (span+1)<<spanBits)
		} else {
			where.and("t.created_at >= ?", span<<spanBits)
		}
		return left, err
	}
}

// spanAt is the span that has the member at an offset, from the last on if desc, and
// the offset from where it begins.
func (tx *Tx) spanAt(organizationID string, desc bool, offset int64) (span, left int64, err error) {
	direction := ""
	if desc {
		direction = " desc"
	}
	err = tx.one(strings.ReplaceAll(`select span, cast($3 as bigint) - cast(upto - (
	select sum(n.members)
	from member_spans n
	where n.instance_id = $1 and n.organization_id = $2 and n.span = found.span) as bigint)
from (
	select span, upto
	from (
		select span, sum(members) over (order by span DIRECTION) as upto
		from member_spans
		where instance_id = $1 and organization_id = $2) walk
	where upto > cast($3 as bigint)
	order by span DIRECTION
	limit 1) found`, " DIRECTION", direction), []any{tx.Instance, organizationID, offset}, &span, &left)
	if errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("organization %s: its spans have no member at %d", organizationID, offset)
	}
	return span, left, err
}
