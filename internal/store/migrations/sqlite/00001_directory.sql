-- +goose Up
create table instances (
	id text not null primary key,
	name text not null,
	environment_type text not null,
	organizations_enabled integer not null,
	slugs_enabled integer not null,
	admin_delete_enabled integer not null,
	max_allowed_memberships integer not null,
	creator_role_id text not null,
	created_at integer not null,
	updated_at integer not null
) strict;

create table secret_keys (
	hash text not null primary key,
	id text not null unique,
	instance_id text not null,
	name text not null,
	hint text not null,
	created_at integer not null,
	revoked_at integer
) strict;

create index secret_keys_by_instance on secret_keys (instance_id, created_at);

create table permissions (
	instance_id text not null,
	id text not null,
	key text not null,
	name text not null,
	description text not null,
	type text not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id),
	unique (instance_id, key)
) strict;

create table roles (
	instance_id text not null,
	id text not null,
	key text not null,
	name text not null,
	description text,
	is_creator_eligible integer not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id),
	unique (instance_id, key)
) strict;

create table role_permissions (
	instance_id text not null,
	role_id text not null,
	position integer not null,
	permission_id text not null,
	primary key (instance_id, role_id, permission_id)
) strict;

-- What is unique in an instance, whoever owns it, keyed by the value itself.
create table unique_values (
	instance_id text not null,
	kind text not null,
	value text not null,
	owner_id text not null,
	primary key (instance_id, kind, value)
) strict, without rowid;

create table users (
	instance_id text not null,
	id text not null,
	external_id text,
	username text,
	first_name text,
	last_name text,
	locale text,
	primary_email_address_id text,
	primary_phone_number_id text,
	primary_web3_wallet_id text,
	email_address text,
	phone_number text,
	web3_wallet text,
	password_hash text,
	password_last_updated_at integer,
	public_metadata text not null,
	private_metadata text not null,
	unsafe_metadata text not null,
	banned integer not null,
	locked integer not null,
	delete_self_enabled integer not null,
	create_organization_enabled integer not null,
	create_organizations_limit integer,
	bypass_client_trust integer not null,
	legal_accepted_at integer,
	last_sign_in_at integer,
	last_active_at integer,
	active_organization_id text,
	created_at integer not null,
	updated_at integer not null,
	search_email text not null,
	search_phone text not null,
	search_username text not null,
	search_name text not null,
	search text not null,
	primary key (instance_id, id)
) strict;

create index users_by_created_at on users (instance_id, created_at, id);

create table identifications (
	instance_id text not null,
	user_id text not null,
	id text not null,
	kind text not null,
	position integer not null,
	value text not null,
	reserved integer not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, user_id, id)
) strict;

create table organizations (
	instance_id text not null,
	id text not null,
	name text not null,
	slug text not null,
	max_allowed_memberships integer not null,
	admin_delete_enabled integer not null,
	public_metadata text not null,
	private_metadata text not null,
	created_by text,
	created_at integer not null,
	updated_at integer not null,
	search text not null,
	primary key (instance_id, id)
) strict;

create index organizations_by_created_at on organizations (instance_id, created_at, id);
create index organizations_by_creator on organizations (instance_id, created_by);

-- A membership carries what lists sort by, filter on and print of its user; the
-- columns from user_created_at on are copies that every change of a user rewrites.
create table memberships (
	instance_id text not null,
	organization_id text not null,
	user_id text not null,
	id text not null,
	role_id text not null,
	public_metadata text not null,
	private_metadata text not null,
	created_at integer not null,
	updated_at integer not null,
	user_created_at integer not null,
	first_name text,
	last_name text,
	username text,
	email_address text,
	phone_number text,
	web3_wallet text,
	banned integer not null,
	last_active_at integer,
	search_email text not null,
	search_phone text not null,
	search_username text not null,
	search_name text not null,
	search text not null,
	primary key (instance_id, organization_id, user_id)
) strict;

create unique index memberships_by_id on memberships (instance_id, id);
create index memberships_by_user on memberships (instance_id, user_id, created_at, id);
create index memberships_by_created_at on memberships (instance_id, created_at, id);
create index memberships_of_organization_by_created_at on memberships (instance_id, organization_id, created_at, id);
create index memberships_of_organization_by_email_address on memberships (instance_id, organization_id, email_address, id);
create index memberships_of_organization_by_phone_number on memberships (instance_id, organization_id, phone_number, id);
create index memberships_of_organization_by_username on memberships (instance_id, organization_id, username, id);
create index memberships_of_organization_by_first_name on memberships (instance_id, organization_id, first_name, id);
create index memberships_of_organization_by_last_name on memberships (instance_id, organization_id, last_name, id);
create index memberships_of_organization_by_role on memberships (instance_id, organization_id, role_id);

-- How many members an organization has: the sum of its slots.
create table member_counts (
	instance_id text not null,
	organization_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, slot)
) strict, without rowid;

-- Where a removed user or membership stood in its lists, so that a page that
-- starts after it still finds its place. Kept for a short while only.
create table tombstones (
	instance_id text not null,
	id text not null,
	organization_id text,
	created_at integer not null,
	first_name text,
	last_name text,
	username text,
	email_address text,
	phone_number text,
	deleted_at integer not null,
	primary key (instance_id, id)
) strict;

create index tombstones_by_deleted_at on tombstones (deleted_at);

create table sessions (
	instance_id text not null,
	id text not null,
	user_id text not null,
	client_id text not null,
	status text not null,
	last_active_organization_id text,
	last_active_at integer not null,
	expire_at integer not null,
	abandon_at integer not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id)
) strict;

create index sessions_by_user on sessions (instance_id, user_id, created_at, id);
create index sessions_by_client on sessions (instance_id, client_id, created_at, id);
create index sessions_by_created_at on sessions (instance_id, created_at, id);

-- Every change leaves its event here in the same transaction.
create table outbox (
	instance_id text not null,
	id text not null,
	type text not null,
	payload text not null,
	created_at integer not null,
	primary key (instance_id, id)
) strict;
