-- +goose Up
-- Organizations and domains of the whole instance in the order of their names, and
-- domains by name whoever has them.
create index organizations_by_name on organizations (instance_id, name, id);
create index organization_domains_of_instance_by_name on organization_domains (instance_id, name, id);

-- Of indexes that serve alike SQLite takes the newest, where it reads all rows: these
-- two have them nearly as they lie in the file.
drop index organizations_by_role_set;
create index organizations_by_role_set on organizations (instance_id, role_set_id);
drop index organization_domains_of_organization_by_created_at;
create index organization_domains_of_organization_by_created_at on organization_domains (instance_id, organization_id, created_at, id);
