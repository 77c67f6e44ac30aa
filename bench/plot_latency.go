package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const rowHeight = 18

// latencies draws how long answers take at the middle size, from the median to the
// hundredth that take longest, as SVG; "" where there is nothing to draw.
func (r *report) latencies(engine string, p plan) string {
	var rows []result
	low, high := math.Inf(1), 0.0
	for _, one := range r.Results {
		if one.Engine == engine && one.Members == p.medium() && one.Organizations == 0 && one.Clients == p.middle() && one.P50 > 0 {
			rows = append(rows, one)
			low, high = min(low, one.P50), max(high, one.P99)
		}
	}
	if len(rows) == 0 {
		return ""
	}
	groups := []string{"pages", "depths", "writes", "tokens", "filters"}
	slices.SortStableFunc(rows, func(a, b result) int { return slices.Index(groups, a.Group) - slices.Index(groups, b.Group) })
	const left, width = 220, 760
	height := plotTop + rowHeight*len(rows) + plotBottom
	from, to := math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	x := func(v float64) float64 { return left + (math.Log10(v)-from)/(to-from)*(width-left-20) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	for e := from; e <= to; e++ {
		at := x(math.Pow(10, e))
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%s µs</text>`+"\n",
			at, at, plotTop, height-plotBottom, at, height-plotBottom+16, thousands(int(math.Pow(10, e))))
	}
	for i, one := range rows {
		y := plotTop + rowHeight*i + rowHeight/2
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text><line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="%s" stroke-width="6"/>`+"\n",
			left-8, y+4, strings.ReplaceAll(one.Scenario, "&", "&amp;"), x(one.P50), max(x(one.P99), x(one.P50)+2), y, y, colours[slices.Index(groups, one.Group)])
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">from p50 to p99, %d clients, %s members, on %s</text>`+"\n",
		(left+width)/2, height-8, p.middle(), thousands(p.medium()), engine)
	return b.String() + "</svg>\n"
}
