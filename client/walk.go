package client

import (
	"context"
	"iter"

	"github.com/rosterhq/roster"
)

// unknownTotal is the TotalCount of lists that do not tell it.
const unknownTotal = -1

// walk goes through all pages of a list. It holds one page, and the ids of four.
type walk[T any] struct {
	fetch  func(context.Context, roster.Paging) (*roster.Page[T], error)
	id     func(*T) string
	paging roster.Paging
	cursor bool // the server knows starting_after on this list
	steady bool // no change of an element moves it among the others
}

// pages gives the unread elements page by page, none at the end of the list.
type pages[T any] func(context.Context) ([]T, error)

// all yields every element, or an error as the last thing.
func (w walk[T]) all(ctx context.Context) iter.Seq2[T, error] {
	if w.paging.Limit == 0 {
		w.paging.Limit = roster.MaxLimit
	}
	return func(yield func(T, error) bool) {
		next := w.byOffset()
		if w.cursor || w.paging.StartingAfter != "" {
			next = w.byCursor()
		}
		for {
			page, err := next(ctx)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for i := range page {
				if !yield(page[i], nil) {
					return
				}
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// byCursor starts each page after the last element read, wherever that is by
// then. It asks on until a page is empty, for a short page may be a server's limit;
// the total saves that last request where the list stood still.
func (w walk[T]) byCursor() pages[T] {
	paging, before, complete := w.paging, map[string]bool{}, false
	read := paging.Offset
	return func(ctx context.Context) ([]T, error) {
		if complete {
			return nil, nil
		}
		page, err := w.fetch(ctx, paging)
		if err != nil || len(page.Data) == 0 {
			return nil, err
		}
		// An element whose sort value grew since comes again; that is one or two. A
		// server that ignores the cursor repeats the page.
		fresh := w.unread(page.Data, before)
		if repeated := len(page.Data) - len(fresh); 2*repeated > len(page.Data) {
			return nil, ErrCursorIgnored
		}
		read += int64(len(page.Data))
		complete = w.paging.StartingAfter == "" && len(page.Data) < paging.Limit && read == page.TotalCount
		before = w.ids(page.Data)
		paging.Offset, paging.StartingAfter = 0, w.id(&page.Data[len(page.Data)-1])
		return fresh, nil
	}
}

// unread leaves out the elements whose ids were read.
func (w walk[T]) unread(page []T, read map[string]bool) []T {
	fresh := make([]T, 0, len(page))
	for i := range page {
		if !read[w.id(&page[i])] {
			fresh = append(fresh, page[i])
		}
	}
	return fresh
}

func (w walk[T]) ids(page []T) map[string]bool {
	ids := make(map[string]bool, len(page))
	for i := range page {
		ids[w.id(&page[i])] = true
	}
	return ids
}
