package store

import (
	"cmp"
	"slices"
)

const (
	// gramsInArray bounds the grams of a search that PostgreSQL looks up.
	gramsInArray = 64
	// gramCommon is the share of a million users from which a gram is not worth its list.
	gramCommon = 50_000
)

// uncommon leaves a search to grams that few users have, by the statistics of the
// table, which tell of those that many have: the list of a common gram is read
// almost to its end, whatever else is asked for.
func (s *search) uncommon() error {
	shares := map[gram]int64{} // of a million users
	err := s.tx.query(`select cast(e.gram as bigint), cast(e.share * 1000000 as bigint)
from pg_stats p
cross join unnest(cast(cast(p.most_common_elems as text) as integer[]), p.most_common_elem_freqs) as e (gram, share)
where p.schemaname = current_schema() and p.tablename = 'user_search' and p.attname = 'grams'
	and e.gram = any(cast($1 as integer[]))`, []any{gramArray(s.grams)}, func(r row) error {
		var g, share int64
		err := r.scan(&g, &share)
		shares[gram(g)] = share
		return err
	})
	if err != nil {
		return err
	}
	s.grams = leastCommon(s.grams, shares)
	return nil
}

// leastCommon are the grams to look up, by the shares of a million users that are known to
// have them. Statistics know nothing of the rare ones, all of which are looked up; as
// they may still be some thousands', a few that are known are looked up beside one or two.
func leastCommon(grams []gram, shares map[gram]int64) []gram {
	share := func(g gram) int64 { return shares[g] }
	slices.SortFunc(grams, func(a, b gram) int { return cmp.Compare(share(a), share(b)) })
	least, n := share(grams[0]), 0
	for n < len(grams) && (share(grams[n]) <= gramsAlike*least || n < gramsJoined && share(grams[n]) < gramCommon) {
		n++
	}
	return spread(grams[:n], gramsInArray)
}

// inArrays asks PostgreSQL, which plans by what it knows of these grams: as part of
// many queries it would settle for a plan that suits none. Not all who have the grams
// have the texts: if they are too many, so many are looked at.
func (s *search) inArrays(most, looked int) error {
	s.tx.along("set local plan_cache_mode = force_custom_plan", nil, nil)
	if err := s.take(s.withGrams().add("\nlimit ?", most)); err != nil || len(s.users) < most || looked < most {
		return err
	}
	c := (&clause{}).add("with s as materialized (\n").extend(s.withGrams()).add("\nlimit ?)", looked+1)
	c.add("\nselect '', count(*) > ? from s", looked)
	c.add("\nunion all\n(select u.id, false\nfrom s\ncross join users u\nwhere u.instance_id = ?", s.tx.Instance)
	c.and("u.id = s.user_id").holding("u", s.list).add("\nlimit ?)", most)
	var found []string
	more := false
	err := s.tx.query(c.String(), c.args, func(r row) error {
		var id string
		var cut bool
		err := r.scan(&id, &cut)
		if more = more || cut; id != "" {
			found = append(found, id)
		}
		return err
	})
	if !more {
		s.users = found
	}
	return err
}

// withGrams is a query for the users who have the grams.
func (s *search) withGrams() *clause {
	c := (&clause{}).add("select s.user_id\nfrom user_search s\nwhere s.instance_id = ?", s.tx.Instance)
	return c.and("s.grams @> cast(? as integer[])", gramArray(s.grams))
}
