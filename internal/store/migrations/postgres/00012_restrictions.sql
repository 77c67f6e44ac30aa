-- +goose Up
-- Who is kept out. allowed_origins is separated by spaces, null until it is given.
alter table instances add column allowlist boolean not null default false;
alter table instances add column blocklist boolean not null default false;
alter table instances add column allowlist_blocklist_disabled_on_sign_in boolean not null default false;
alter table instances add column block_email_subaddresses boolean not null default false;
alter table instances add column block_disposable_email_domains boolean not null default false;
alter table instances add column allowed_origins text collate "C";
alter table instances add column support_email text collate "C";
alter table instances add column clerk_js_version text collate "C";
alter table instances add column development_origin text collate "C";
alter table instances add column url_based_session_syncing boolean not null default false;
alter table instances add column preferred_sign_in_strategy text collate "C";

-- list is allowlist or blocklist. *@example.com stands for all addresses of a domain.
create table listed_identifiers (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	list text collate "C" not null,
	identifier text collate "C" not null,
	identifier_type text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id),
	unique (instance_id, list, identifier)
);

create index listed_identifiers_by_created_at on listed_identifiers (instance_id, list, created_at, id);

-- What a browser gets a new session token by, kept as its hash.
create table refresh_tokens (
	instance_id text collate "C" not null,
	hash text collate "C" not null,
	session_id text collate "C" not null,
	origin text collate "C" not null,
	created_at bigint not null,
	expires_at bigint not null,
	primary key (instance_id, hash)
);

create index refresh_tokens_of_session on refresh_tokens (instance_id, session_id, created_at, hash);
create index refresh_tokens_by_end on refresh_tokens (expires_at);
