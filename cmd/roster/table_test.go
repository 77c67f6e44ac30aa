package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteTable(t *testing.T) {
	t.Parallel()
	header := []string{"ID", "NAME", "ROLE"}
	tests := []struct {
		name  string
		width int
		rows  [][]string
		want  string
	}{
		{
			"aligns wide, combined and right-to-left letters by what is shown", 80,
			[][]string{{"org_1", "田中ロボティクス", "a"}, {"org_2", "Íñigo", "b"}, {"org_3", "Åkerblom", "c"}, {"org_4", "👩‍👩‍👧", "d"}, {"org_5", "", "e"}},
			`ID     NAME              ROLE
org_1  田中ロボティクス  a
org_2  Íñigo             b
org_3  Åkerblom          c
org_4  👩‍👩‍👧                d
org_5                    e
`,
		},
		{
			"cuts the widest column and never the first", 30,
			[][]string{{"org_3AfzZAHGKKo7eHWyDB", "A name that goes on and on", "org:admin"}},
			"ID                      NAME      ROLE\norg_3AfzZAHGKKo7eHWyDB  A name …  org:adm…\n",
		},
		{
			"lets no control character through", 80,
			[][]string{{"org_1", "a\x1b[31mred\nline\tcell", "b"}},
			"ID     NAME                 ROLE\norg_1  a [31mred line cell  b\n",
		},
		{"is a header alone without rows", 80, nil, "ID  NAME  ROLE\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := &strings.Builder{}
			writeTable(out, header, tt.rows, tt.width)
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		in    []int
		width int
		want  []int
	}{
		{"leaves what fits", []int{10, 20}, 32, []int{10, 20}},
		{"shares the loss between the widest", []int{10, 20, 30}, 48, []int{10, 17, 17}},
		{"stops at the narrowest", []int{10, 20}, 5, []int{10, 8}},
		{"has nothing to take from one column", []int{10}, 5, []int{10}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fit(tt.in, tt.width)
			if diff := cmp.Diff(tt.want, tt.in); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
