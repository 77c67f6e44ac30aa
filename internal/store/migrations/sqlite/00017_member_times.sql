-- +goose Up
-- Who came, or was active, in a time. Behind the time an index has the list's usual
-- order, so that a page of those is sorted before a member is read.
create index memberships_of_organization_by_user_created_at on memberships (instance_id, organization_id, user_created_at, created_at, id);
create index memberships_of_organization_by_last_active_at on memberships (instance_id, organization_id, last_active_at, created_at, id);
