-- +goose Up
-- How an identifier was verified, null while it is not. What is neither verified
-- nor reserved belongs to nobody: others may have it too.
alter table identifications add column verified_by text collate "C";
update identifications set verified_by = 'admin' where not reserved;

-- A phone number that codes of a second factor go to.
alter table identifications add column reserved_for_second_factor boolean not null default false;
alter table identifications add column default_second_factor boolean not null default false;

create index identifications_by_id on identifications (instance_id, id);
create index identifications_by_value on identifications (instance_id, kind, value, user_id);
