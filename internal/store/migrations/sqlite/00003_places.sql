-- +goose Up
-- A cursor belongs to one list: of an organization, of a user, of the instance.
alter table tombstones add column user_id text;

-- Deleting an organization finds who is in it without looking at everybody.
create index users_by_active_organization on users (instance_id, active_organization_id)
	where active_organization_id is not null;
create index sessions_by_organization on sessions (instance_id, last_active_organization_id)
	where last_active_organization_id is not null;
