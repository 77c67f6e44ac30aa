package service

import (
	"maps"
	"math/big"
	"slices"
	"strings"
)

// maxMask is how many bits of a number decoders keep apart: JavaScript has 53.
const maxMask = 52

// compactPermissions writes permission keys (org:FEATURE:ACTION) in the three lists
// of a second-format token, each separated by commas and sorted: the features, as
// o:FEATURE for they are the organization's; the distinct actions; and for each
// feature a number whose bits, lowest first, say which of the actions it has.
//
// A feature with actions so far apart that its number would need more bits than
// decoders have is listed once more with the rest. A key that is not of that form
// cannot be said so, and is left out.
func compactPermissions(keys []string) (features, actions, mapping string) {
	byFeature, all := map[string][]string{}, map[string]bool{}
	for _, key := range keys {
		feature, action, ok := splitPermission(key)
		if ok {
			byFeature[feature] = append(byFeature[feature], action)
			all[action] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(all))
	var names, masks []string
	for _, feature := range slices.Sorted(maps.Keys(byFeature)) {
		for _, mask := range masksOf(byFeature[feature], sorted) {
			names = append(names, "o:"+feature)
			masks = append(masks, mask.String())
		}
	}
	return strings.Join(names, ","), strings.Join(sorted, ","), strings.Join(masks, ",")
}

func splitPermission(key string) (feature, action string, ok bool) {
	rest, ok := strings.CutPrefix(key, "org:")
	if !ok || strings.ContainsAny(rest, ", ") {
		return "", "", false
	}
	feature, action, _ = strings.Cut(rest, ":")
	return feature, action, feature != "" && action != ""
}

// masksOf are the numbers for some of the actions, each no wider than maxMask.
func masksOf(some, all []string) []*big.Int {
	var masks []*big.Int
	first := 0
	for i, action := range all {
		if !slices.Contains(some, action) {
			continue
		}
		if len(masks) == 0 || i-first >= maxMask {
			masks, first = append(masks, new(big.Int)), i
		}
		last := masks[len(masks)-1]
		last.SetBit(last, i, 1)
	}
	return masks
}
