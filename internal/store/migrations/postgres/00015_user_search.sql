-- +goose Up
-- The users of an instance by the runs of three characters of their search texts, as
-- numbers that name the instance too. pg_trgm would be an extension to ask for, and
-- knows only ASCII where the database's locale is C.
create table user_search (
	instance_id text collate "C" not null,
	user_id text collate "C" not null,
	grams integer[] not null,
	primary key (instance_id, user_id)
);

insert into user_search (instance_id, user_id, grams)
select u.instance_id, u.id, coalesce(g.grams, '{}')
from users u
cross join lateral (
	select ('x' || left(encode(sha256(convert_to(u.instance_id, 'UTF8')), 'hex'), 16))::bit(64)::bigint & 9223372036854775807 as salt
) s
cross join lateral (
	select array_agg(distinct cast((((a << 42) | (b << 21) | c) # s.salt) % 2147483647 as integer)) as grams
	from (
		select a, lead(a) over by_place as b, lead(a, 2) over by_place as c
		from (
			select cast(ascii(t.value) as bigint) as a, t.place
			from unnest(string_to_array(u.search, null)) with ordinality as t (value, place)
		) runes
		window by_place as (order by place)
	) runs
	where c is not null and a <> 31 and b <> 31 and c <> 31
) g;

-- What is new waits in a list, which every search reads to its end: a short one.
create index user_search_by_gram on user_search using gin (grams) with (gin_pending_list_limit = 512);
