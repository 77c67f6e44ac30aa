package store

import (
	"cmp"
	"slices"
)

// gramsInArray bounds the grams of a search that PostgreSQL looks up.
const gramsInArray = 64

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
	share := func(g gram) int64 { return shares[g] } // 0 where statistics do not know it
	slices.SortFunc(s.grams, func(a, b gram) int { return cmp.Compare(share(a), share(b)) })
	least := share(s.grams[0])
	s.grams = spread(slices.DeleteFunc(s.grams, func(g gram) bool { return share(g) > gramsAlike*least }), gramsInArray)
	return nil
}

// inArrays asks PostgreSQL, which plans by what it knows of these grams: as part of
// many queries it would settle for a plan that suits none.
func (s *search) inArrays(most int) error {
	s.tx.along("set local plan_cache_mode = force_custom_plan", nil, nil)
	c := &clause{}
	c.add("select s.user_id\nfrom user_search s\nwhere s.instance_id = ?", s.tx.Instance)
	c.and("s.grams @> cast(? as integer[])", gramArray(s.grams))
	return s.take(c.add("\nlimit ?", most))
}
