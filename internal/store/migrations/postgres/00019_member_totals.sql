-- +goose Up
-- How many members all organizations together have with a role: what a list of the
-- whole instance is long. The sum of slots, as in member_counts.
lock table member_counts in share mode; -- nobody counts on before the totals are there
create table member_totals (
	instance_id text collate "C" not null,
	role_id text collate "C" not null,
	slot bigint not null,
	members bigint not null,
	primary key (instance_id, role_id, slot)
) with (fillfactor = 50);
insert into member_totals (instance_id, role_id, slot, members)
select instance_id, role_id, 0, sum(members)
from member_counts
group by instance_id, role_id;

-- Who came since PostgreSQL last looked is nobody to it: all ways to them cost the same.
-- It looks again after some thousands, however many there are of others.
alter table memberships set (autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 5000);
alter table users set (autovacuum_analyze_scale_factor = 0.01, autovacuum_analyze_threshold = 5000);
