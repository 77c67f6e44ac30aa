package client

import (
	"context"

	"github.com/rosterhq/roster"
)

// offsetWalk is the place of a walk by offset: position elements precede the next
// unread one, and the last of them is the anchor.
//
// Every page but the first starts at the anchor, one element early. While the
// anchor stands where it stood, what is behind it is unread and what is before it
// was read. Where it does not, the list changed: in a steady order the walk finds
// its place again by the ids it read last; in any other an element may have moved
// from the unread side to the read side, so the walk ends with ErrListChanged.
type offsetWalk[T any] struct {
	walk[T]
	position int64
	anchor   string
	total    int64
	length   int // of the page read last
	read     recent
	idle     int // pages since one had something unread
	complete bool
}

// maxIdle bounds how many pages in a row may hold nothing unread, as they do when
// elements are added faster than the walk reads.
const maxIdle = 10

func (w walk[T]) byOffset() pages[T] {
	o := offsetWalk[T]{walk: w, position: w.paging.Offset, read: recent{ids: map[string]bool{}}}
	return func(ctx context.Context) ([]T, error) {
		if o.anchor == "" && !o.complete {
			return o.first(ctx)
		}
		for !o.complete {
			fresh, err := o.next(ctx)
			if err != nil || len(fresh) > 0 {
				return fresh, err
			}
		}
		return nil, nil
	}
}

func (o *offsetWalk[T]) first(ctx context.Context) ([]T, error) {
	page, err := o.fetch(ctx, o.paging)
	if err != nil {
		return nil, err
	}
	if len(page.Data) == 0 {
		if page.TotalCount > o.position {
			return nil, ErrListChanged
		}
		o.complete = true
		return nil, nil
	}
	o.total = page.TotalCount
	o.advance(o.position, page, page.Data)
	return page.Data, nil
}

// next reads one page more; none of it may be unread.
func (o *offsetWalk[T]) next(ctx context.Context) ([]T, error) {
	start := o.position - 1
	page, err := o.window(ctx, start)
	if err != nil {
		return nil, err
	}
	moved := len(page.Data) == 0 || o.id(&page.Data[0]) != o.anchor
	if moved && o.steady {
		if start, page, err = o.find(ctx, start, page); err != nil {
			return nil, err
		}
	}
	fresh := o.unread(page.Data, o.read.ids)
	if !o.steady && (moved || page.TotalCount != o.total || len(fresh) != len(page.Data)-1) {
		return nil, ErrListChanged
	}
	o.advance(start, page, fresh)
	if page.TotalCount == unknownTotal && !moved && len(page.Data) == 1 {
		o.complete = true
	}
	if o.idle++; len(fresh) > 0 {
		o.idle = 0
	}
	if o.idle > maxIdle {
		return nil, ErrListChanged
	}
	return fresh, nil
}

// window is the page at an offset, with room for the anchor.
func (o *offsetWalk[T]) window(ctx context.Context, start int64) (*roster.Page[T], error) {
	return o.fetch(ctx, roster.Paging{Limit: min(o.paging.Limit+1, roster.MaxLimit), Offset: start})
}

// find returns a page of a changed list that starts among the elements known to be
// read, so that whatever of it is not known is unread. Elements added before it
// leave such a page at the same offset; elements removed pull it forward, by less
// than a page unless the list is emptied faster than it is read.
func (o *offsetWalk[T]) find(ctx context.Context, start int64, page *roster.Page[T]) (int64, *roster.Page[T], error) {
	if o.startsKnown(page) {
		return start, page, nil
	}
	start = max(o.paging.Offset, start-int64(o.length-1))
	page, err := o.window(ctx, start)
	if err != nil {
		return 0, nil, err
	}
	if !o.startsKnown(page) {
		return 0, nil, ErrListChanged
	}
	return start, page, nil
}

func (o *offsetWalk[T]) startsKnown(page *roster.Page[T]) bool {
	return len(page.Data) > 0 && o.read.ids[o.id(&page.Data[0])]
}

// advance puts the place behind a page, which is not empty and was read at start.
func (o *offsetWalk[T]) advance(start int64, page *roster.Page[T], fresh []T) {
	for i := range fresh {
		o.read.add(o.id(&fresh[i]), 4*(o.paging.Limit+1))
	}
	o.anchor = o.id(&page.Data[len(page.Data)-1])
	o.length = len(page.Data)
	o.position = start + int64(len(page.Data))
	o.complete = page.TotalCount != unknownTotal && o.position >= page.TotalCount
}

// recent are the ids read last.
type recent struct {
	ids   map[string]bool
	order []string // a ring once it is full
	next  int
}

func (r *recent) add(id string, most int) {
	r.ids[id] = true
	if len(r.order) < most {
		r.order = append(r.order, id)
		return
	}
	delete(r.ids, r.order[r.next])
	r.order[r.next] = id
	r.next = (r.next + 1) % most
}
