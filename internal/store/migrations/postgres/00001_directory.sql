-- +goose Up
-- The position of a part in a text, 0 where it has none: SQLite's function, so that
-- a statement is the same text on both engines. The planner inlines it.
create function instr(whole text, part text) returns integer
	language sql immutable strict parallel safe
	return strpos(whole, part);

create table instances (
	id text collate "C" not null primary key,
	name text collate "C" not null,
	environment_type text collate "C" not null,
	organizations_enabled boolean not null,
	slugs_enabled boolean not null,
	admin_delete_enabled boolean not null,
	max_allowed_memberships bigint not null,
	creator_role_id text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null
);

create table secret_keys (
	hash text collate "C" not null primary key,
	id text collate "C" not null unique,
	instance_id text collate "C" not null,
	name text collate "C" not null,
	hint text collate "C" not null,
	created_at bigint not null,
	revoked_at bigint
);

create index secret_keys_by_instance on secret_keys (instance_id, created_at);

create table permissions (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	key text collate "C" not null,
	name text collate "C" not null,
	description text collate "C" not null,
	type text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id),
	unique (instance_id, key)
);

create table roles (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	key text collate "C" not null,
	name text collate "C" not null,
	description text collate "C",
	is_creator_eligible boolean not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id),
	unique (instance_id, key)
);

create table role_permissions (
	instance_id text collate "C" not null,
	role_id text collate "C" not null,
	position bigint not null,
	permission_id text collate "C" not null,
	primary key (instance_id, role_id, permission_id)
);

-- What is unique in an instance, whoever owns it, keyed by the value itself.
create table unique_values (
	instance_id text collate "C" not null,
	kind text collate "C" not null,
	value text collate "C" not null,
	owner_id text collate "C" not null,
	primary key (instance_id, kind, value)
);

create table users (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	external_id text collate "C",
	username text collate "C",
	first_name text collate "C",
	last_name text collate "C",
	locale text collate "C",
	primary_email_address_id text collate "C",
	primary_phone_number_id text collate "C",
	primary_web3_wallet_id text collate "C",
	email_address text collate "C",
	phone_number text collate "C",
	web3_wallet text collate "C",
	password_hash text collate "C",
	password_last_updated_at bigint,
	public_metadata text collate "C" not null,
	private_metadata text collate "C" not null,
	unsafe_metadata text collate "C" not null,
	banned boolean not null,
	locked boolean not null,
	delete_self_enabled boolean not null,
	create_organization_enabled boolean not null,
	create_organizations_limit bigint,
	bypass_client_trust boolean not null,
	legal_accepted_at bigint,
	last_sign_in_at bigint,
	last_active_at bigint,
	active_organization_id text collate "C",
	created_at bigint not null,
	updated_at bigint not null,
	search_email text collate "C" not null,
	search_phone text collate "C" not null,
	search_username text collate "C" not null,
	search_name text collate "C" not null,
	search text collate "C" not null,
	primary key (instance_id, id)
);

create index users_by_created_at on users (instance_id, created_at, id);

create table identifications (
	instance_id text collate "C" not null,
	user_id text collate "C" not null,
	id text collate "C" not null,
	kind text collate "C" not null,
	position bigint not null,
	value text collate "C" not null,
	reserved boolean not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, user_id, id)
);

create table organizations (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	name text collate "C" not null,
	slug text collate "C" not null,
	max_allowed_memberships bigint not null,
	admin_delete_enabled boolean not null,
	public_metadata text collate "C" not null,
	private_metadata text collate "C" not null,
	created_by text collate "C",
	created_at bigint not null,
	updated_at bigint not null,
	search text collate "C" not null,
	primary key (instance_id, id)
);

create index organizations_by_created_at on organizations (instance_id, created_at, id);
create index organizations_by_creator on organizations (instance_id, created_by);

-- A membership carries what lists sort by, filter on and print of its user; the
-- columns from user_created_at on are copies that every change of a user rewrites.
create table memberships (
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	user_id text collate "C" not null,
	id text collate "C" not null,
	role_id text collate "C" not null,
	public_metadata text collate "C" not null,
	private_metadata text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null,
	user_created_at bigint not null,
	first_name text collate "C",
	last_name text collate "C",
	username text collate "C",
	email_address text collate "C",
	phone_number text collate "C",
	web3_wallet text collate "C",
	banned boolean not null,
	last_active_at bigint,
	search_email text collate "C" not null,
	search_phone text collate "C" not null,
	search_username text collate "C" not null,
	search_name text collate "C" not null,
	search text collate "C" not null,
	primary key (instance_id, organization_id, user_id)
);

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
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	slot bigint not null,
	members bigint not null,
	primary key (instance_id, organization_id, slot)
);

-- Where a removed user or membership stood in its lists, so that a page that
-- starts after it still finds its place. Kept for a short while only.
create table tombstones (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	organization_id text collate "C",
	created_at bigint not null,
	first_name text collate "C",
	last_name text collate "C",
	username text collate "C",
	email_address text collate "C",
	phone_number text collate "C",
	deleted_at bigint not null,
	primary key (instance_id, id)
);

create index tombstones_by_deleted_at on tombstones (deleted_at);

create table sessions (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	user_id text collate "C" not null,
	client_id text collate "C" not null,
	status text collate "C" not null,
	last_active_organization_id text collate "C",
	last_active_at bigint not null,
	expire_at bigint not null,
	abandon_at bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id)
);

create index sessions_by_user on sessions (instance_id, user_id, created_at, id);
create index sessions_by_client on sessions (instance_id, client_id, created_at, id);
create index sessions_by_created_at on sessions (instance_id, created_at, id);

-- Every change leaves its event here in the same transaction.
create table outbox (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	type text collate "C" not null,
	payload text collate "C" not null,
	created_at bigint not null,
	primary key (instance_id, id)
);
