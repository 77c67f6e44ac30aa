-- +goose Up
-- How many members an organization has from a span of time, of 2^22 ms, by when they
-- joined: what a deep page skips is counted from here. The sum of slots, as in
-- member_counts.
create table member_spans (
	instance_id text not null,
	organization_id text not null,
	span integer not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, span, slot)
) strict, without rowid;
insert into member_spans (instance_id, organization_id, span, slot, members)
select instance_id, organization_id, created_at >> 22, 0, count(*)
from memberships
group by instance_id, organization_id, created_at >> 22;
