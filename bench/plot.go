package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// What is plotted: the requests whose growth people ask about.
var plotted = []string{"list 10", "list 100", "get one", "list 10 by -last_name", "cursor at nine tenths", "offset at nine tenths", "user_id", "role, the others", "query, one row"}

var colours = []string{"#1b6ca8", "#c0392b", "#1e8449", "#7d3c98", "#b9770e", "#117a65", "#5d6d7e", "#d35400", "#2c3e50"}

const (
	plotWidth, plotHeight = 760, 420
	plotLeft, plotTop     = 70, 20
	plotRight, plotBottom = 220, 50
)

// plot draws the time of an answer over the number of members, both logarithmic, as
// SVG; "" where there is nothing to draw.
func (r *report) plot(engine string, p plan) string {
	series := map[string][][2]float64{}
	low, high := math.Inf(1), 0.0
	for _, one := range r.Results {
		if one.Engine != engine || one.Organizations > 0 || one.Clients != p.middle() || !slices.Contains(plotted, one.Scenario) || one.P50 == 0 {
			continue
		}
		series[one.Scenario] = append(series[one.Scenario], [2]float64{float64(one.Members), one.P50})
		low, high = min(low, one.P50), max(high, one.P50)
	}
	if len(series) == 0 || len(p.members) < 2 {
		return ""
	}
	fromX, toX := math.Log10(float64(p.members[0])), math.Log10(float64(p.members[len(p.members)-1]))
	fromY, toY := math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	x := func(v float64) float64 {
		return plotLeft + (math.Log10(v)-fromX)/(toX-fromX)*(plotWidth-plotLeft-plotRight)
	}
	y := func(v float64) float64 {
		return plotHeight - plotBottom - (math.Log10(v)-fromY)/(toY-fromY)*(plotHeight-plotTop-plotBottom)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", plotWidth, plotHeight)
	for e := fromY; e <= toY; e++ {
		at := y(math.Pow(10, e))
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s µs</text>`+"\n",
			plotLeft, plotWidth-plotRight, at, at, plotLeft-6, at+4, thousands(int(math.Pow(10, e))))
	}
	for _, n := range p.members {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", x(float64(n)), plotHeight-plotBottom+20, thousands(n))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">members of the organization; p50 with %d clients on %s</text>`+"\n",
		(plotLeft+plotWidth-plotRight)/2, plotHeight-8, p.middle(), engine)
	for i, name := range plotted {
		var points []string
		for _, at := range series[name] {
			points = append(points, fmt.Sprintf("%.1f,%.1f", x(at[0]), y(at[1])))
		}
		if len(points) == 0 {
			continue
		}
		colour := colours[i%len(colours)]
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), colour)
		legend := plotTop + 18*i + 8
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%d" y2="%d" stroke="%s" stroke-width="2"/><text x="%d" y="%d">%s</text>`+"\n",
			plotWidth-plotRight+16, plotWidth-plotRight+36, legend, legend, colour, plotWidth-plotRight+42, legend+4, name)
	}
	return b.String() + "</svg>\n"
}
