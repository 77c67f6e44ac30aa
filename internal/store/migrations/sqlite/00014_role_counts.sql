-- +goose Up
-- How many members of an organization have a role: the sum of its slots. Those who
-- count at the same time do so in different slots.
drop table member_counts;
create table member_counts (
	instance_id text not null,
	organization_id text not null,
	role_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, role_id, slot)
) strict, without rowid;
insert into member_counts (instance_id, organization_id, role_id, slot, members)
select instance_id, organization_id, role_id, 0, count(*)
from memberships
group by instance_id, organization_id, role_id;
