-- +goose Up
-- How an identifier was verified, null while it is not. What is neither verified
-- nor reserved belongs to nobody: others may have it too.
alter table identifications add column verified_by text;
update identifications set verified_by = 'admin' where reserved = 0;

-- A phone number that codes of a second factor go to.
alter table identifications add column reserved_for_second_factor integer not null default 0;
alter table identifications add column default_second_factor integer not null default 0;

create index identifications_by_id on identifications (instance_id, id);
create index identifications_by_value on identifications (instance_id, kind, value, user_id);
