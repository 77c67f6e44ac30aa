-- +goose Up
-- Organizations and domains of the whole instance in the order of their names, and
-- domains by name whoever has them.
create index organizations_by_name on organizations (instance_id, name, id);
create index organization_domains_of_instance_by_name on organization_domains (instance_id, name, id);

-- Users in every order, newest first of those who share a value: by names going up, by
-- times going down.
create index users_by_updated_at on users (instance_id, updated_at, id);
create index users_by_email_address on users (instance_id, email_address, id);
create index users_by_web3_wallet on users (instance_id, web3_wallet, id);
create index users_by_first_name on users (instance_id, first_name, id desc);
create index users_by_last_name on users (instance_id, last_name, id desc);
create index users_by_phone_number on users (instance_id, phone_number, id);
create index users_by_username on users (instance_id, username, id);
create index users_by_last_active_at on users (instance_id, last_active_at, id);
create index users_by_last_sign_in_at on users (instance_id, last_sign_in_at, id);

-- The few who are banned.
create index users_banned on users (instance_id, created_at, id)
where banned;
