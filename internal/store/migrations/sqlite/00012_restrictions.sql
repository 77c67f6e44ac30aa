-- +goose Up
-- Who is kept out. allowed_origins is separated by spaces, null until it is given.
alter table instances add column allowlist integer not null default 0;
alter table instances add column blocklist integer not null default 0;
alter table instances add column allowlist_blocklist_disabled_on_sign_in integer not null default 0;
alter table instances add column block_email_subaddresses integer not null default 0;
alter table instances add column block_disposable_email_domains integer not null default 0;
alter table instances add column allowed_origins text;
alter table instances add column support_email text;
alter table instances add column clerk_js_version text;
alter table instances add column development_origin text;
alter table instances add column url_based_session_syncing integer not null default 0;
alter table instances add column preferred_sign_in_strategy text;

-- list is allowlist or blocklist. *@example.com stands for all addresses of a domain.
create table listed_identifiers (
	instance_id text not null,
	id text not null,
	list text not null,
	identifier text not null,
	identifier_type text not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id),
	unique (instance_id, list, identifier)
) strict;

create index listed_identifiers_by_created_at on listed_identifiers (instance_id, list, created_at, id);

-- What a browser gets a new session token by, kept as its hash.
create table refresh_tokens (
	instance_id text not null,
	hash text not null,
	session_id text not null,
	origin text not null,
	created_at integer not null,
	expires_at integer not null,
	primary key (instance_id, hash)
) strict;

create index refresh_tokens_of_session on refresh_tokens (instance_id, session_id, created_at, hash);
create index refresh_tokens_by_end on refresh_tokens (expires_at);
