package roster

import "testing"

func TestPosition_survives_its_text(t *testing.T) {
	t.Parallel()
	for _, p := range []Position{0, 1, 0x3000148, PositionUnknown} {
		if got, err := ParsePosition(p.String()); got != p || err != nil {
			t.Errorf("%s: got %s, %v", p, got, err)
		}
	}
}

func TestParsePosition_refuses_what_no_server_sent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "0", "3000148", "00000000000000000", "000000000300014G", "+000000003000148", "0x00000003000148", "000000000300014A", "0000000_03000148", " 000000003000148"} {
		if p, err := ParsePosition(text); err == nil {
			t.Errorf("%q is taken for %s", text, p)
		}
	}
}
