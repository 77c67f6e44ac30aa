package service

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"github.com/rosterhq/roster"
)

// domainNames reads names as browsers do: case and width do not matter, and what is
// beyond ASCII becomes Punycode. Unlike there, everything is a host name.
var domainNames = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(true), idna.CheckJoiners(true),
	idna.StrictDomainName(true), idna.ValidateLabels(true), idna.VerifyDNSLength(true), idna.Transitional(false))

// normalDomain is the form a domain's name is kept in, and whether it is one that
// somebody may have registered: neither a host of one label, nor an IP address, nor
// an ending like co.uk under which others register.
func normalDomain(s string) (string, bool) {
	if len(s) > maxEmailLength {
		return "", false
	}
	name, err := domainNames.ToASCII(s)
	last := name[strings.LastIndexByte(name, '.')+1:]
	if err != nil || last == name || last == "" || strings.Trim(last, "0123456789") == "" {
		return "", false
	}
	if suffix, icann := publicsuffix.PublicSuffix(name); icann && suffix == name {
		return "", false
	}
	return name, true
}

// spellings are the ways in which email addresses spell a domain.
func spellings(name string) []string {
	if unicode, err := idna.Display.ToUnicode(name); err == nil && unicode != name {
		return []string{name, unicode}
	}
	return []string{name}
}

// domain reads the name of a new domain.
func (k *checks) domain(param, value string) string {
	name, ok := normalDomain(value)
	switch {
	case utf8.RuneCountInString(value) > roster.MaxNameLength:
		k.add(roster.ErrParamTooLong.On(param, roster.MaxNameLength))
	case !ok:
		k.add(roster.ErrParamFormat.On(param, "a domain that an organization can have to itself, such as example.com"))
	case among(commonDomains, name):
		k.add(roster.ErrDomainCommon.On(param))
	case among(blockedDomains, name):
		k.add(roster.ErrDomainBlocked.On(param))
	}
	return name
}

var (
	//go:embed domains_common.txt
	commonText string
	//go:embed domains_blocked.txt
	blockedText string

	commonDomains  = lines(commonText)
	blockedDomains = lines(blockedText)
)

// lines are the words of a text that has one in a line, and comments behind #.
func lines(text string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(line, "#")
		if word = strings.TrimSpace(word); word != "" {
			out[word] = true
		}
	}
	return out
}

// among reports whether a domain, or one that it is part of, is in a list.
func among(list map[string]bool, name string) bool {
	for {
		if list[name] {
			return true
		}
		var below bool
		if _, name, below = strings.Cut(name, "."); !below {
			return false
		}
	}
}
