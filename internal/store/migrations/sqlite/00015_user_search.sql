-- +goose Up
-- The users of an instance by the runs of three characters of their search texts, as
-- numbers that name the instance too. A full-text table knows its rows by number
-- alone; those of users change when the file is vacuumed, so users get one here.
create table user_search_rows (
	id integer primary key,
	instance_id text not null,
	user_id text not null,
	unique (instance_id, user_id)
) strict;

create virtual table user_search using fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');

insert into user_search_rows (instance_id, user_id)
select instance_id, id
from users
order by instance_id, created_at, id;

insert into user_search (rowid, grams)
select r.id, search_grams(u.instance_id, u.search)
from user_search_rows r
cross join users u
where u.instance_id = r.instance_id and u.id = r.user_id;
