-- +goose Up
-- How many members an organization has from a span of time, of 2^22 ms, by when they
-- joined: what a deep page skips is counted from here. The sum of slots, as in
-- member_counts.
create table member_spans (
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	span bigint not null,
	slot bigint not null,
	members bigint not null,
	primary key (instance_id, organization_id, span, slot)
) with (fillfactor = 50);
insert into member_spans (instance_id, organization_id, span, slot, members)
select instance_id, organization_id, created_at >> 22, 0, count(*)
from memberships
group by instance_id, organization_id, created_at >> 22;

-- A new version of a row that no index tells from the last stays in its page, if there
-- is room, and leaves the many indexes alone.
alter table memberships set (fillfactor = 85);
