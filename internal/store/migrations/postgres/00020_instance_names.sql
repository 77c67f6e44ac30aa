-- +goose Up
-- Organizations and domains of the whole instance in the order of their names, and
-- domains by name whoever has them.
create index organizations_by_name on organizations (instance_id, name, id);
create index organization_domains_of_instance_by_name on organization_domains (instance_id, name, id);
