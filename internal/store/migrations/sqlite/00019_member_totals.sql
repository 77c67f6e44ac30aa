-- +goose Up
-- How many members all organizations together have with a role: what a list of the
-- whole instance is long. The sum of slots, as in member_counts.
create table member_totals (
	instance_id text not null,
	role_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, role_id, slot)
) strict, without rowid;
insert into member_totals (instance_id, role_id, slot, members)
select instance_id, role_id, 0, sum(members)
from member_counts
group by instance_id, role_id;
