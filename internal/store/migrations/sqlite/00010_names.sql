-- +goose Up
-- Many people share a name, and among them the newest id comes first in either
-- direction, so each direction needs an order of its own.
create index memberships_of_organization_by_first_name_ascending on memberships (instance_id, organization_id, first_name, id desc);
create index memberships_of_organization_by_last_name_ascending on memberships (instance_id, organization_id, last_name, id desc);
