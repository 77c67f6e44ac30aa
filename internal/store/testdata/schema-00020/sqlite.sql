CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE identifications (
	instance_id text not null,
	user_id text not null,
	id text not null,
	kind text not null,
	position integer not null,
	value text not null,
	reserved integer not null,
	created_at integer not null,
	updated_at integer not null, verified_by text, reserved_for_second_factor integer not null default 0, default_second_factor integer not null default 0, verification_attempts integer, verification_expires_at integer,
	primary key (instance_id, user_id, id)
) strict;
CREATE TABLE image_chunks (
	instance_id text not null,
	image_id text not null,
	position integer not null,
	data blob not null,
	primary key (instance_id, image_id, position)
) strict;
CREATE TABLE images (
	instance_id text not null,
	id text not null,
	owner_id text not null,
	content_type text not null,
	size integer not null,
	digest text not null,
	uploaded_by text,
	created_at integer not null,
	primary key (instance_id, id)
) strict;
CREATE TABLE imports (
	instance_id text not null primary key,
	lines integer not null,
	digest text not null,
	started_at integer not null,
	updated_at integer not null,
	finished_at integer
) strict;
CREATE TABLE instances (
	id text not null primary key,
	name text not null,
	environment_type text not null,
	organizations_enabled integer not null,
	slugs_enabled integer not null,
	admin_delete_enabled integer not null,
	max_allowed_memberships integer not null,
	created_at integer not null,
	updated_at integer not null
, initial_role_set_id text not null default '', max_allowed_roles integer not null default 10, max_role_sets_allowed integer not null default 10, max_allowed_domains integer not null default 10, domains_enabled integer not null default 1, domains_enrollment_modes text not null
	default 'manual_invitation automatic_invitation automatic_suggestion', elevated_member_required integer not null default 0, test_mode integer not null default 0, allowlist integer not null default 0, blocklist integer not null default 0, allowlist_blocklist_disabled_on_sign_in integer not null default 0, block_email_subaddresses integer not null default 0, block_disposable_email_domains integer not null default 0, allowed_origins text, support_email text, clerk_js_version text, development_origin text, url_based_session_syncing integer not null default 0, preferred_sign_in_strategy text, revision integer not null default 0) strict;
CREATE TABLE jwt_templates (
	instance_id text not null,
	id text not null,
	name text not null,
	claims text not null,
	lifetime integer not null,
	allowed_clock_skew integer not null,
	signing_algorithm text not null,
	signing_key text,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id),
	unique (instance_id, name)
) strict;
CREATE TABLE listed_identifiers (
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
CREATE TABLE mails (
	instance_id text not null,
	id text not null,
	invitation_id text,
	recipient text not null,
	subject text not null,
	text_body text not null,
	html_body text not null,
	attempts integer not null,
	due_at integer not null,
	created_at integer not null, channel text not null default 'email', verification text, expires_at integer,
	primary key (instance_id, id)
) strict;
CREATE TABLE member_counts (
	instance_id text not null,
	organization_id text not null,
	role_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, role_id, slot)
) strict, without rowid;
CREATE TABLE member_spans (
	instance_id text not null,
	organization_id text not null,
	span integer not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, span, slot)
) strict, without rowid;
CREATE TABLE member_totals (
	instance_id text not null,
	role_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, role_id, slot)
) strict, without rowid;
CREATE TABLE membership_terms (
	instance_id text not null,
	term text not null,
	organization_id text not null,
	user_id text not null,
	primary key (instance_id, term, organization_id, user_id)
) strict, without rowid;
CREATE TABLE memberships (
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
	search text not null, image_id text,
	primary key (instance_id, organization_id, user_id)
) strict;
CREATE TABLE organization_domains (
	instance_id text not null,
	organization_id text not null,
	id text not null,
	name text not null,
	enrollment_mode text not null,
	verified integer not null,
	ownership_verified_at integer,
	enrol_behind text,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, organization_id, id)
) strict;
CREATE TABLE organization_invitations (
	instance_id text not null,
	organization_id text not null,
	id text not null,
	email_address text not null,
	role_id text not null,
	inviter_id text,
	status text not null,
	public_metadata text not null,
	private_metadata text not null,
	redirect_url text,
	secret text not null,
	user_id text,
	expires_at integer not null,
	created_at integer not null,
	updated_at integer not null, domain_id text,
	primary key (instance_id, organization_id, id)
) strict;
CREATE TABLE organization_suggestions (
	instance_id text not null,
	organization_id text not null,
	user_id text not null,
	id text not null,
	domain_id text not null,
	status text not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, organization_id, user_id)
) strict;
CREATE TABLE organizations (
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
	search text not null, role_set_id text not null default '', image_id text,
	primary key (instance_id, id)
) strict;
CREATE TABLE outbox (
	instance_id text not null,
	id text not null,
	type text not null,
	payload text not null,
	created_at integer not null,
	primary key (instance_id, id)
) strict;
CREATE TABLE permissions (
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
CREATE TABLE refresh_tokens (
	instance_id text not null,
	hash text not null,
	session_id text not null,
	origin text not null,
	created_at integer not null,
	expires_at integer not null,
	primary key (instance_id, hash)
) strict;
CREATE TABLE role_permissions (
	instance_id text not null,
	role_id text not null,
	position integer not null,
	permission_id text not null,
	primary key (instance_id, role_id, permission_id)
) strict;
CREATE TABLE role_set_roles (
	instance_id text not null,
	role_set_id text not null,
	position integer not null,
	role_id text not null,
	primary key (instance_id, role_set_id, role_id)
) strict;
CREATE TABLE role_sets (
	instance_id text not null,
	id text not null,
	key text not null,
	name text not null,
	description text,
	default_role_id text not null,
	creator_role_id text not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, id),
	unique (instance_id, key)
) strict;
CREATE TABLE roles (
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
CREATE TABLE secret_keys (
	hash text not null primary key,
	id text not null unique,
	instance_id text not null,
	name text not null,
	hint text not null,
	created_at integer not null,
	revoked_at integer
) strict;
CREATE TABLE sessions (
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
CREATE TABLE signing_keys (
	instance_id text not null,
	id text not null,
	private_key text not null,
	created_at integer not null,
	retired_at integer,
	covers_until integer not null,
	primary key (instance_id, id)
) strict;
CREATE TABLE tombstones (
	instance_id text not null,
	id text not null,
	organization_id text,
	created_at integer not null,
	first_name text,
	last_name text,
	username text,
	email_address text,
	phone_number text,
	deleted_at integer not null, user_id text,
	primary key (instance_id, id)
) strict;
CREATE TABLE unique_values (
	instance_id text not null,
	kind text not null,
	value text not null,
	owner_id text not null,
	primary key (instance_id, kind, value)
) strict, without rowid;
CREATE VIRTUAL TABLE user_search using fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE user_search_rows (
	id integer primary key,
	instance_id text not null,
	user_id text not null,
	unique (instance_id, user_id)
) strict;
CREATE TABLE users (
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
	search text not null, password_hasher text, password_compromised integer not null default 0, totp_secret text, totp_step integer, backup_codes text, mfa_enabled_at integer, mfa_disabled_at integer, lockout_expires_at integer, image_id text,
	primary key (instance_id, id)
) strict;
CREATE TABLE verifications (
	instance_id text not null,
	id_digest text not null,
	user_id text not null,
	identification_id text not null,
	strategy text not null,
	code_digest text not null,
	status text not null,
	attempts integer not null,
	expires_at integer not null,
	created_at integer not null,
	primary key (instance_id, id_digest)
) strict;
CREATE INDEX identifications_by_email_domain on identifications (instance_id, substr(value, instr(value, '@') + 1), user_id)
	where kind = 'email_address';
CREATE INDEX identifications_by_id on identifications (instance_id, id);
CREATE INDEX identifications_by_value on identifications (instance_id, kind, value, user_id);
CREATE INDEX images_by_owner on images (instance_id, owner_id);
CREATE INDEX listed_identifiers_by_created_at on listed_identifiers (instance_id, list, created_at, id);
CREATE INDEX mails_by_due_at on mails (due_at);
CREATE INDEX mails_by_expires_at on mails (expires_at)
	where expires_at is not null;
CREATE INDEX mails_by_invitation on mails (instance_id, invitation_id)
	where invitation_id is not null;
CREATE INDEX mails_by_verification on mails (instance_id, verification)
	where verification is not null;
CREATE INDEX memberships_by_created_at on memberships (instance_id, created_at, id);
CREATE UNIQUE INDEX memberships_by_id on memberships (instance_id, id);
CREATE INDEX memberships_by_role on memberships (instance_id, role_id, organization_id, created_at, id);
CREATE INDEX memberships_by_user on memberships (instance_id, user_id, created_at, id);
CREATE INDEX memberships_of_organization_by_created_at on memberships (instance_id, organization_id, created_at, id);
CREATE INDEX memberships_of_organization_by_email_address on memberships (instance_id, organization_id, email_address, id);
CREATE INDEX memberships_of_organization_by_first_name on memberships (instance_id, organization_id, first_name, id);
CREATE INDEX memberships_of_organization_by_first_name_ascending on memberships (instance_id, organization_id, first_name, id desc);
CREATE INDEX memberships_of_organization_by_last_active_at on memberships (instance_id, organization_id, last_active_at, created_at, id);
CREATE INDEX memberships_of_organization_by_last_name on memberships (instance_id, organization_id, last_name, id);
CREATE INDEX memberships_of_organization_by_last_name_ascending on memberships (instance_id, organization_id, last_name, id desc);
CREATE INDEX memberships_of_organization_by_phone_number on memberships (instance_id, organization_id, phone_number, id);
CREATE INDEX memberships_of_organization_by_user_created_at on memberships (instance_id, organization_id, user_created_at, created_at, id);
CREATE INDEX memberships_of_organization_by_username on memberships (instance_id, organization_id, username, id);
CREATE INDEX organization_domains_by_created_at on organization_domains (instance_id, created_at, id);
CREATE UNIQUE INDEX organization_domains_by_name on organization_domains (instance_id, organization_id, name);
CREATE INDEX organization_domains_of_instance_by_name on organization_domains (instance_id, name, id);
CREATE INDEX organization_domains_of_organization_by_created_at on organization_domains (instance_id, organization_id, created_at, id);
CREATE INDEX organization_domains_to_enrol on organization_domains (updated_at)
	where enrol_behind is not null;
CREATE INDEX organization_invitations_by_created_at on organization_invitations (instance_id, created_at, id);
CREATE INDEX organization_invitations_by_email_address on organization_invitations (instance_id, email_address, id);
CREATE UNIQUE INDEX organization_invitations_by_id on organization_invitations (instance_id, id);
CREATE INDEX organization_invitations_by_inviter on organization_invitations (instance_id, inviter_id)
	where inviter_id is not null;
CREATE INDEX organization_invitations_by_user on organization_invitations (instance_id, user_id)
	where user_id is not null;
CREATE INDEX organization_invitations_of_organization_by_created_at on organization_invitations (instance_id, organization_id, created_at, id);
CREATE INDEX organization_invitations_of_organization_by_email_address on organization_invitations (instance_id, organization_id, email_address, id);
CREATE UNIQUE INDEX organization_invitations_pending on organization_invitations (instance_id, organization_id, email_address)
	where status = 'pending';
CREATE INDEX organization_invitations_pending_by_domain on organization_invitations (instance_id, organization_id, domain_id, expires_at)
	where status = 'pending' and domain_id is not null;
CREATE INDEX organization_invitations_pending_by_expires_at on organization_invitations (instance_id, organization_id, expires_at)
	where status = 'pending';
CREATE INDEX organization_invitations_pending_by_role on organization_invitations (instance_id, role_id, expires_at)
	where status = 'pending';
CREATE INDEX organization_invitations_to_expire on organization_invitations (expires_at)
	where status = 'pending';
CREATE INDEX organization_suggestions_by_domain on organization_suggestions (instance_id, organization_id, domain_id, status);
CREATE INDEX organization_suggestions_by_user on organization_suggestions (instance_id, user_id);
CREATE INDEX organizations_by_created_at on organizations (instance_id, created_at, id);
CREATE INDEX organizations_by_creator on organizations (instance_id, created_by);
CREATE INDEX organizations_by_name on organizations (instance_id, name, id);
CREATE INDEX organizations_by_role_set on organizations (instance_id, role_set_id);
CREATE INDEX refresh_tokens_by_end on refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_of_session on refresh_tokens (instance_id, session_id, created_at, hash);
CREATE INDEX secret_keys_by_instance on secret_keys (instance_id, created_at);
CREATE INDEX sessions_by_client on sessions (instance_id, client_id, created_at, id);
CREATE INDEX sessions_by_created_at on sessions (instance_id, created_at, id);
CREATE INDEX sessions_by_organization on sessions (instance_id, last_active_organization_id)
	where last_active_organization_id is not null;
CREATE INDEX sessions_by_user on sessions (instance_id, user_id, created_at, id);
CREATE INDEX signing_keys_by_end on signing_keys (covers_until)
	where retired_at is not null;
CREATE INDEX tombstones_by_deleted_at on tombstones (deleted_at);
CREATE INDEX users_banned on users (instance_id, created_at, id)
where banned;
CREATE INDEX users_by_active_organization on users (instance_id, active_organization_id)
	where active_organization_id is not null;
CREATE INDEX users_by_created_at on users (instance_id, created_at, id);
CREATE INDEX users_by_email_address on users (instance_id, email_address, id);
CREATE INDEX users_by_first_name on users (instance_id, first_name, id desc);
CREATE INDEX users_by_last_active_at on users (instance_id, last_active_at, id);
CREATE INDEX users_by_last_name on users (instance_id, last_name, id desc);
CREATE INDEX users_by_last_sign_in_at on users (instance_id, last_sign_in_at, id);
CREATE INDEX users_by_phone_number on users (instance_id, phone_number, id);
CREATE INDEX users_by_updated_at on users (instance_id, updated_at, id);
CREATE INDEX users_by_username on users (instance_id, username, id);
CREATE INDEX users_by_web3_wallet on users (instance_id, web3_wallet, id);
CREATE INDEX verifications_by_address on verifications (instance_id, user_id, identification_id, expires_at);
CREATE INDEX verifications_by_expires_at on verifications (expires_at);
insert into goose_db_version values (1,0,1,'2026-12-01 14:54:07');
insert into goose_db_version values (10,9,1,'2026-12-01 14:54:07');
insert into goose_db_version values (11,10,1,'2026-12-01 14:54:07');
insert into goose_db_version values (12,11,1,'2026-12-01 14:54:07');
insert into goose_db_version values (13,12,1,'2026-12-01 14:54:07');
insert into goose_db_version values (14,13,1,'2026-12-01 14:54:07');
insert into goose_db_version values (15,14,1,'2026-12-01 14:54:07');
insert into goose_db_version values (16,15,1,'2026-12-01 14:54:07');
insert into goose_db_version values (17,16,1,'2026-12-01 14:54:07');
insert into goose_db_version values (18,17,1,'2026-12-01 14:54:07');
insert into goose_db_version values (19,18,1,'2026-12-01 14:54:07');
insert into goose_db_version values (2,1,1,'2026-12-01 14:54:07');
insert into goose_db_version values (20,19,1,'2026-12-01 14:54:07');
insert into goose_db_version values (21,20,1,'2026-12-01 14:54:07');
insert into goose_db_version values (3,2,1,'2026-12-01 14:54:07');
insert into goose_db_version values (4,3,1,'2026-12-01 14:54:07');
insert into goose_db_version values (5,4,1,'2026-12-01 14:54:07');
insert into goose_db_version values (6,5,1,'2026-12-01 14:54:07');
insert into goose_db_version values (7,6,1,'2026-12-01 14:54:07');
insert into goose_db_version values (8,7,1,'2026-12-01 14:54:07');
insert into goose_db_version values (9,8,1,'2026-12-01 14:54:07');
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWVCTOxHFSdae4EOM','email_address',0,'ada@example.com',0,1772352005000,1772352005000,'admin',0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR','email_address',1,'ada@old.example.com',0,1772352005000,1772352005000,'admin',0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWWjjVdQcVgwlKrEY','phone_number',0,'+15555550100',0,1772352005000,1772352005000,'admin',0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWY8ZHPKEBSXuZWag','web3_wallet',0,'0x52908400098527886E0F7030069857D2E4169EE7',0,1772352005000,1772352005000,'admin',0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrJ0roiRDJqZfCSd8g1aLfTg4','email_address',2,'shared@example.com',0,1772352027000,1772352027000,NULL,0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrJHC8esLJw69AfaCeJojHnuW','phone_number',1,'+15555550102',0,1772352029000,1772352029000,'admin',1,1,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf','phone_number',0,'+15555550101',0,1772352006000,1772352006000,'admin',0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrJAkL5xbiL1JGuWzwkgimWoq','email_address',0,'shared@example.com',0,1772352028000,1772352028000,NULL,0,0,NULL,NULL);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrJQH9X8NzUUQmBpFfEKdmIF7','phone_number',1,'+15555550103',0,1772352030000,1772352032000,'phone_code',0,0,1,1772352631000);
insert into image_chunks values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrK3qSDVk8P9nf3ROTMJSVeJc',0,X'47494638396101000100800000000000FFFFFF2C00000000010001000002024401003B');
insert into image_chunks values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrKAX9VqLr9sorVN5zA38oPiv',0,X'47494638396101000100800000000000FFFFFF2C00000000010001000002024401003B');
insert into images values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrK3qSDVk8P9nf3ROTMJSVeJc','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','image/gif',35,'6c63cc5063ac82d8bbc925f9a31adf3a87f1510c021e0fde51854d60484b5019',NULL,1772352035000);
insert into images values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrKAX9VqLr9sorVN5zA38oPiv','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','image/gif',35,'6c63cc5063ac82d8bbc925f9a31adf3a87f1510c021e0fde51854d60484b5019','user_3AKrGGijQbqWTgjZtfuXqEzHIS8',1772352036000);
insert into imports values ('ins_unfinished',7,'d',1,1,NULL);
insert into instances values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','stored','development',1,1,1,0,1772352002000,1772352023000,'rset_3AKrFuTXBajgthDD9fX13ezLqFr',10,10,10,1,'manual_invitation automatic_invitation automatic_suggestion',0,1,0,1,0,0,0,'https://a.example app://b','help@example.com',NULL,NULL,0,NULL,0);
insert into jwt_templates values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','jtmp_3AKrIfdL8kgJ9RH5mn4CSdFUw7V','stored','{"aud":"a","n":{"x":"{{org.slug || ''é''}}"}}',60,5,'RS256',NULL,1772352024000,1772352024000);
insert into listed_identifiers values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','alid_3AKrI8uDQLON5WmZx27KoVQedXa','allowlist','*@example.com','email_address',1772352020000,1772352020000);
insert into listed_identifiers values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','blid_3AKrIGI9TWE6Xzt3yserbCpePcl','blocklist','+15555550199','phone_number',1772352021000,1772352021000);
insert into mails values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ema_3AKrHuEuVlEeOGQaiM2rTwPtBZM','orginv_3AKrHuEuVlEeM16N4RfjyCCif6c','invited1@example.com','Ada Lövelace invites you to join Straße & Söhne','Ada Lövelace invites you to join Straße & Söhne as Member.

Follow this link to accept:

http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8

It works once, until 2 March 2026, 08:00 UTC. If you did not expect it, do nothing.
','<!doctype html>
<html>
<head><meta charset="utf-8"><title>Straße &amp; Söhne</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
<p><b>Ada Lövelace</b> invites you to join <b>Straße &amp; Söhne</b> as Member.</p>
<p><a href="http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8">Accept the invitation</a></p>
<p>The link works once, until 2 March 2026, 08:00 UTC. If you did not expect it, do nothing.</p>
</body>
</html>
',0,1772352018000,1772352018000,'email',NULL,NULL);
insert into mails values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ema_3AKrI0sdlfTCAlhuUWdKkdRdYl4','orginv_3AKrI0sdlfTC9hJYZbnq6gmbBjM','invited30@example.com','Ada Lövelace invites you to join Straße & Söhne','Ada Lövelace invites you to join Straße & Söhne as Member.

Follow this link to accept:

http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4

It works once, until 31 March 2026, 08:00 UTC. If you did not expect it, do nothing.
','<!doctype html>
<html>
<head><meta charset="utf-8"><title>Straße &amp; Söhne</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
<p><b>Ada Lövelace</b> invites you to join <b>Straße &amp; Söhne</b> as Member.</p>
<p><a href="http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4">Accept the invitation</a></p>
<p>The link works once, until 31 March 2026, 08:00 UTC. If you did not expect it, do nothing.</p>
</body>
</html>
',0,1772352019000,1772352019000,'email',NULL,NULL);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',0,1);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','role_3AKrFuTXBajgvwlNbOmO2O5TEVD',0,2);
insert into member_spans values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',422561,0,3);
insert into member_totals values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',0,1);
insert into member_totals values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgvwlNbOmO2O5TEVD',0,2);
insert into membership_terms values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ppQ7Fgxn4P_30r9mBJxt_g','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGQ5pXRssHhAjZ05F02cDu7p');
insert into membership_terms values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ppQ7Fgxn4P_30r9mBJxt_g','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGfTRimGBDUU1UVs2yk2RTKx');
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','orgmem_3AKrGjk13IbYR5LoUAKfV8AI0r0','role_3AKrFuTXBajgv5YqRWGAqPtOvtv','{}','{}',1772352009000,1772352009000,1772352005000,'Ada','Lövelace','Ada_L','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7',0,1772323200000,'ada@example.comada@old.example.comshared@example.com','+15555550100+15555550102','ada_l','ada lövelace','ada@example.comada@old.example.comshared@example.com+15555550100+15555550102ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrggijqbqwtgjztfuxqezhis8ada lövelace','img_3AKrK3qSDVk8P9nf3ROTMJSVeJc');
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','orgmem_3AKrGzqHvIU0Yvs72AALH05j5MS','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','{"title":"é"}','{}',1772352011000,1772352011000,1772352006000,'Zoë 😀',NULL,NULL,'shared@example.com','+15555550101',NULL,1,NULL,'shared@example.com','+15555550101+15555550103','','zoë 😀','shared@example.com+15555550101+15555550103user_3akrgq5pxrsshhajz05f02cdu7pzoë 😀',NULL);
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGfTRimGBDUU1UVs2yk2RTKx','orgmem_3AKrHHLFmQQr2cGb7jBBcIgsqrF','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','{"title":"é"}','{}',1772352013000,1772352013000,1772352008000,NULL,NULL,'guarded',NULL,NULL,NULL,0,NULL,'','','guarded','','guardeduser_3akrgftrimgbduu1uvs2yk2rtkx',NULL);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orgdmn_3AKrHNdQ2T1bubWUDpy7jEiUIRv','xn--bcher-kva.example','manual_invitation',1,1772352017000,NULL,1772352014000,1772352017000);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orgdmn_3AKrHWvU2qgzXpWoJzKliHE8jX4','unverified.example','manual_invitation',0,NULL,NULL,1772352015000,1772352015000);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','orgdmn_3AKrHff7SPpfkiHZAWGUB5bHcG4','old.example.com','automatic_suggestion',1,NULL,'',1772352016000,1772352016000);
insert into organization_invitations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orginv_3AKrHuEuVlEeM16N4RfjyCCif6c','invited1@example.com','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','pending','{}','{}','https://example.com/in?x=1','JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8',NULL,1772438418000,1772352018000,1772352018000,NULL);
insert into organization_invitations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orginv_3AKrI0sdlfTC9hJYZbnq6gmbBjM','invited30@example.com','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','pending','{}','{}','https://example.com/in?x=1','QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4',NULL,1774944019000,1772352019000,1772352019000,NULL);
insert into organization_suggestions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','orgsug_3AKrHff7SPpflFAkvrGJllCeKAJ','orgdmn_3AKrHff7SPpfkiHZAWGUB5bHcG4','pending',1772352016000,1772352016000);
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','Straße & Söhne','stra-e-s-hne',7,1,'{}','{"x":[1,{"y":null}]}','user_3AKrGGijQbqWTgjZtfuXqEzHIS8',1772352009000,1772352036000,'strasse & söhnestra-e-s-hne','rset_3AKrFuTXBajgthDD9fX13ezLqFr','img_3AKrKAX9VqLr9sorVN5zA38oPiv');
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','Nobody here','nobody',0,1,'{}','{}',NULL,1772352010000,1772352034000,'nobody herenobody','rset_3AKrFuTXBajgthDD9fX13ezLqFr',NULL);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGGijQbqWYDwfLAubblgKN0M','user.created','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352005000,"type":"user.created"}',1772352005000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGQ5pXRssHpYBgrt6lnSCYzL','user.created','{"data":{"object":"user","id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","external_id":null,"primary_email_address_id":null,"primary_phone_number_id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352006000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352006000,"type":"user.created"}',1772352006000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGWNRnK89WRL0dZdpdkEkcVb','user.created','{"data":{"object":"user","id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","external_id":null,"primary_email_address_id":"idn_3AKrGWNRnK89WMedAzPnOdjKjpP","primary_phone_number_id":null,"primary_web3_wallet_id":null,"username":null,"first_name":null,"last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHV05Sbks4OVZrRU9Va3V3bVlKcmFRRSJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGWNRnK89WMedAzPnOdjKjpP","email_address":"gone@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352007000,"updated_at":1772352007000}],"phone_numbers":[],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352007000,"created_at":1772352007000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352007000,"type":"user.created"}',1772352007000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGfTRimGBDVdztdsDfxFRD2J','user.created','{"data":{"object":"user","id":"user_3AKrGfTRimGBDUU1UVs2yk2RTKx","external_id":null,"primary_email_address_id":null,"primary_phone_number_id":null,"primary_web3_wallet_id":null,"username":"guarded","first_name":null,"last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHZlRSaW1HQkRVVTFVVnMyeWsyUlRLeCJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[],"phone_numbers":[],"web3_wallets":[],"passkeys":[],"password_enabled":true,"two_factor_enabled":true,"totp_enabled":true,"backup_code_enabled":true,"mfa_enabled_at":1772352008000,"mfa_disabled_at":null,"password_last_updated_at":1772352008000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":false,"locked":true,"deprovisioned":false,"lockout_expires_in_seconds":3600,"verification_attempts_remaining":100,"updated_at":1772352008000,"created_at":1772352008000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352008000,"type":"user.created"}',1772352008000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGjk13IbYPes0UdqgDfDJrLm','organization.created','{"data":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{"x":[1,{"y":null}]},"created_by":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","created_at":1772352009000,"updated_at":1772352009000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352009000,"type":"organization.created"}',1772352009000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGjk13IbYSM7A29ksB26isJI','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrGjk13IbYR5LoUAKfV8AI0r0","role":"org:admin","role_name":"Admin","permissions":["org:sys_profile:manage","org:sys_profile:delete","org:sys_memberships:read","org:sys_memberships:manage","org:sys_domains:read","org:sys_domains:manage","org:sys_billing:read","org:sys_billing:manage","org:sys_entconns:manage"],"public_metadata":{},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":1,"pending_invitations_count":0,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","first_name":"Ada","last_name":"Lövelace","profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"identifier":"ada@example.com","username":"Ada_L","banned":false,"deprovisioned":false},"created_at":1772352009000,"updated_at":1772352009000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352009000,"type":"organizationMembership.created"}',1772352009000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGvBTxX7UQhEXUgvYOnAM65o','organization.created','{"data":{"object":"organization","id":"org_3AKrGvBTxX7UPFWGq5cxjboI2cI","name":"Nobody","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckd2QlR4WDdVUEZXR3E1Y3hqYm9JMmNJIiwiaW5pdGlhbHMiOiJOIn0","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{},"created_at":1772352010000,"updated_at":1772352010000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352010000,"type":"organization.created"}',1772352010000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGzqHvIU0Z1u1965vyQpBFb7','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrGzqHvIU0Yvs72AALH05j5MS","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":2,"pending_invitations_count":0,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","first_name":"Zoë 😀","last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"identifier":"+15555550101","username":null,"banned":true,"deprovisioned":false},"created_at":1772352011000,"updated_at":1772352011000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352011000,"type":"organizationMembership.created"}',1772352011000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrH84l44ZLnbSKEyS8VauGpIc','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrH84l44ZLnZljoSmsQk4M1fI","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":3,"pending_invitations_count":0,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHV05Sbks4OVZrRU9Va3V3bVlKcmFRRSJ9","has_image":false,"identifier":"gone@example.com","username":null,"banned":false,"deprovisioned":false},"created_at":1772352012000,"updated_at":1772352012000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352012000,"type":"organizationMembership.created"}',1772352012000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHHLFmQQr3x4V4dNOLkUxkxD','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrHHLFmQQr2cGb7jBBcIgsqrF","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":4,"pending_invitations_count":0,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGfTRimGBDUU1UVs2yk2RTKx","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHZlRSaW1HQkRVVTFVVnMyeWsyUlRLeCJ9","has_image":false,"identifier":"guarded","username":"guarded","banned":false,"deprovisioned":false},"created_at":1772352013000,"updated_at":1772352013000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352013000,"type":"organizationMembership.created"}',1772352013000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHNdQ2T1butvQghGwMSXPex1','organizationDomain.created','{"data":{"object":"organization_domain","id":"orgdmn_3AKrHNdQ2T1bubWUDpy7jEiUIRv","organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"xn--bcher-kva.example","enrollment_mode":"manual_invitation","affiliation_email_address":null,"affiliation_verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"ownership_verification":null,"verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"total_pending_invitations":0,"total_pending_suggestions":0,"public_organization_data":{"id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false},"created_at":1772352014000,"updated_at":1772352014000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352014000,"type":"organizationDomain.created"}',1772352014000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHWvU2qgzYeuqKEpgmH5Tiww','organizationDomain.created','{"data":{"object":"organization_domain","id":"orgdmn_3AKrHWvU2qgzXpWoJzKliHE8jX4","organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"unverified.example","enrollment_mode":"manual_invitation","affiliation_email_address":null,"affiliation_verification":null,"ownership_verification":null,"verification":null,"total_pending_invitations":0,"total_pending_suggestions":0,"public_organization_data":{"id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false},"created_at":1772352015000,"updated_at":1772352015000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352015000,"type":"organizationDomain.created"}',1772352015000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHff7SPpfmPzF64rldoMOIgi','organizationDomain.created','{"data":{"object":"organization_domain","id":"orgdmn_3AKrHff7SPpfkiHZAWGUB5bHcG4","organization_id":"org_3AKrGvBTxX7UPFWGq5cxjboI2cI","name":"old.example.com","enrollment_mode":"automatic_suggestion","affiliation_email_address":null,"affiliation_verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"ownership_verification":null,"verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"total_pending_invitations":0,"total_pending_suggestions":1,"public_organization_data":{"id":"org_3AKrGvBTxX7UPFWGq5cxjboI2cI","name":"Nobody","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckd2QlR4WDdVUEZXR3E1Y3hqYm9JMmNJIiwiaW5pdGlhbHMiOiJOIn0","has_image":false},"created_at":1772352016000,"updated_at":1772352016000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352016000,"type":"organizationDomain.created"}',1772352016000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHlcb451l7xTjmRsnpUe9eOz','organizationDomain.updated','{"data":{"object":"organization_domain","id":"orgdmn_3AKrHNdQ2T1bubWUDpy7jEiUIRv","organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"xn--bcher-kva.example","enrollment_mode":"manual_invitation","affiliation_email_address":null,"affiliation_verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"ownership_verification":{"status":"verified","strategy":"manual_override","attempts":null,"expire_at":null,"verified_at":1772352017000},"verification":{"status":"verified","strategy":"admin","attempts":null,"expire_at":null,"verified_at":null},"total_pending_invitations":0,"total_pending_suggestions":0,"public_organization_data":{"id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false},"created_at":1772352014000,"updated_at":1772352017000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352017000,"type":"organizationDomain.updated"}',1772352017000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHuEuVlEeMyE1dXSHWX7bDij','organizationInvitation.created','{"data":{"object":"organization_invitation","id":"orginv_3AKrHuEuVlEeM16N4RfjyCCif6c","email_address":"invited1@example.com","role":"org:member","role_name":"Member","organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","inviter_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","public_inviter_data":{"user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","first_name":"Ada","last_name":"Lövelace","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"identifier":"ada@example.com"},"status":"pending","public_metadata":{},"private_metadata":{},"url":"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8","expires_at":1772438418000,"created_at":1772352018000,"updated_at":1772352018000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352018000,"type":"organizationInvitation.created"}',1772352018000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHuEuVlEeP4rclB4o7cOlfQi','email.created','{"data":{"id":"ema_3AKrHuEuVlEeOGQaiM2rTwPtBZM","object":"email","slug":"organization_invitation","from_email_name":"invitations","reply_to_email_name":null,"to_email_address":"invited1@example.com","email_address_id":null,"user_id":null,"subject":"Ada Lövelace invites you to join Straße & Söhne","body":"<!doctype html>\n<html>\n<head><meta charset=\"utf-8\"><title>Straße &amp; Söhne</title></head>\n<body style=\"font-family: sans-serif; line-height: 1.5\">\n<p><b>Ada Lövelace</b> invites you to join <b>Straße &amp; Söhne</b> as Member.</p>\n<p><a href=\"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8\">Accept the invitation</a></p>\n<p>The link works once, until 2 March 2026, 08:00 UTC. If you did not expect it, do nothing.</p>\n</body>\n</html>\n","body_plain":"Ada Lövelace invites you to join Straße & Söhne as Member.\n\nFollow this link to accept:\n\nhttp://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8\n\nIt works once, until 2 March 2026, 08:00 UTC. If you did not expect it, do nothing.\n","status":"queued","data":{"action_url":"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JIdUV1VmxFZU0xNk40UmZqeUNDaWY2Yw.JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8","invitation":{"expires_at":1772438418000,"id":"orginv_3AKrHuEuVlEeM16N4RfjyCCif6c","public_metadata":{}},"inviter_name":"Ada Lövelace","org":{"id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne"}},"delivered_by_clerk":true},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352018000,"type":"email.created"}',1772352018000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrI0sdlfTC9hZX8gGfh5lP6WP','organizationInvitation.created','{"data":{"object":"organization_invitation","id":"orginv_3AKrI0sdlfTC9hJYZbnq6gmbBjM","email_address":"invited30@example.com","role":"org:member","role_name":"Member","organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","inviter_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","public_inviter_data":{"user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","first_name":"Ada","last_name":"Lövelace","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"identifier":"ada@example.com"},"status":"pending","public_metadata":{},"private_metadata":{},"url":"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4","expires_at":1774944019000,"created_at":1772352019000,"updated_at":1772352019000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352019000,"type":"organizationInvitation.created"}',1772352019000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrI0sdlfTCBwkGqLaWHsXMKaV','email.created','{"data":{"id":"ema_3AKrI0sdlfTCAlhuUWdKkdRdYl4","object":"email","slug":"organization_invitation","from_email_name":"invitations","reply_to_email_name":null,"to_email_address":"invited30@example.com","email_address_id":null,"user_id":null,"subject":"Ada Lövelace invites you to join Straße & Söhne","body":"<!doctype html>\n<html>\n<head><meta charset=\"utf-8\"><title>Straße &amp; Söhne</title></head>\n<body style=\"font-family: sans-serif; line-height: 1.5\">\n<p><b>Ada Lövelace</b> invites you to join <b>Straße &amp; Söhne</b> as Member.</p>\n<p><a href=\"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4\">Accept the invitation</a></p>\n<p>The link works once, until 31 March 2026, 08:00 UTC. If you did not expect it, do nothing.</p>\n</body>\n</html>\n","body_plain":"Ada Lövelace invites you to join Straße & Söhne as Member.\n\nFollow this link to accept:\n\nhttp://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4\n\nIt works once, until 31 March 2026, 08:00 UTC. If you did not expect it, do nothing.\n","status":"queued","data":{"action_url":"http://127.0.0.1:8787/v1/tickets/accept?__clerk_ticket=aW5zXzNBS3JGa3hySVhkR3diMTB4N21XOWxLT1BuYg.b3JnaW52XzNBS3JJMHNkbGZUQzloSllaYm5xNmdtYkJqTQ.QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4","invitation":{"expires_at":1774944019000,"id":"orginv_3AKrI0sdlfTC9hJYZbnq6gmbBjM","public_metadata":{}},"inviter_name":"Ada Lövelace","org":{"id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne"}},"delivered_by_clerk":true},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352019000,"type":"email.created"}',1772352019000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrIkqptniFHDV5e3Hogf37KUI','session.created','{"data":{"object":"session","id":"sess_3AKrIkqptniFFfZkoa06Bl0DigP","user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","client_id":"client_3AKrIkqptniFGCcmlNqY38yGGQr","actor":null,"status":"active","last_active_organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","last_active_at":1772352025000,"expire_at":1772956825000,"abandon_at":1774944025000,"created_at":1772352025000,"updated_at":1772352025000,"user":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352025000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352025000,"type":"session.created"}',1772352025000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrItiJgaKy05AHCcFhFaDlv3k','session.created','{"data":{"object":"session","id":"sess_3AKrItiJgaKxxwgS2Z518WhZs61","user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","client_id":"client_3AKrItiJgaKxzKtAKImq5Qzh16S","actor":null,"status":"active","last_active_organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","last_active_at":1772352026000,"expire_at":1772956826000,"abandon_at":1774944026000,"created_at":1772352026000,"updated_at":1772352026000,"user":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352026000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352026000,"type":"session.created"}',1772352026000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJ0roiRDJrtkutmNmuqL5XW2','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrJ0roiRDJqZfCSd8g1aLfTg4","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352027000,"updated_at":1772352027000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352026000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352027000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352027000,"type":"user.updated"}',1772352027000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJAkL5xbiL2TrE2fCxc1Gl0C','user.updated','{"data":{"object":"user","id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","external_id":null,"primary_email_address_id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","primary_phone_number_id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352028000,"updated_at":1772352028000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352028000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352028000,"type":"user.updated"}',1772352028000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJHC8esLJwNWabr5knHG10yY','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrJ0roiRDJqZfCSd8g1aLfTg4","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352027000,"updated_at":1772352027000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000},{"object":"phone_number","id":"idn_3AKrJHC8esLJw69AfaCeJojHnuW","phone_number":"+15555550102","reserved_for_second_factor":true,"default_second_factor":true,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352029000,"updated_at":1772352029000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":true,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":1772352029000,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352026000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352029000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352029000,"type":"user.updated"}',1772352029000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJQH9X8NzVx9lkFyEaOZ2zzZ','user.updated','{"data":{"object":"user","id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","external_id":null,"primary_email_address_id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","primary_phone_number_id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352028000,"updated_at":1772352028000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000},{"object":"phone_number","id":"idn_3AKrJQH9X8NzUUQmBpFfEKdmIF7","phone_number":"+15555550103","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":null,"linked_to":[],"backup_codes":null,"created_at":1772352030000,"updated_at":1772352030000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352030000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352030000,"type":"user.updated"}',1772352030000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJgamIU93ZRs0xmiQh9mEoIc','user.updated','{"data":{"object":"user","id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","external_id":null,"primary_email_address_id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","primary_phone_number_id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrJAkL5xbiL1JGuWzwkgimWoq","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352028000,"updated_at":1772352028000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000},{"object":"phone_number","id":"idn_3AKrJQH9X8NzUUQmBpFfEKdmIF7","phone_number":"+15555550103","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_otp","status":"verified","strategy":"phone_code","attempts":1,"expire_at":1772352631000,"channel":"sms"},"linked_to":[],"backup_codes":null,"created_at":1772352030000,"updated_at":1772352032000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352032000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352032000,"type":"user.updated"}',1772352032000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJl63AFI1ZRyB6y3MasupDHD','organizationMembership.deleted','{"data":{"object":"organization_membership","id":"orgmem_3AKrH84l44ZLnZljoSmsQk4M1fI","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":3,"pending_invitations_count":2,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHV05Sbks4OVZrRU9Va3V3bVlKcmFRRSJ9","has_image":false,"identifier":"gone@example.com","username":null,"banned":false,"deprovisioned":false},"created_at":1772352012000,"updated_at":1772352012000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352033000,"type":"organizationMembership.deleted"}',1772352033000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJl63AFI1aP8GKAhVSivvhPf','user.deleted','{"data":{"object":"user","id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","deleted":true},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352033000,"type":"user.deleted"}',1772352033000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJugnzUNvP8nMYBebkCqVZ8m','organization.updated','{"data":{"object":"organization","id":"org_3AKrGvBTxX7UPFWGq5cxjboI2cI","name":"Nobody here","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckd2QlR4WDdVUEZXR3E1Y3hqYm9JMmNJIiwiaW5pdGlhbHMiOiJOIn0","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{},"created_at":1772352010000,"updated_at":1772352034000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352034000,"type":"organization.updated"}',1772352034000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrK3qSDVk8PbwTlzSPcwKpQQw','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrK3qSDVk8P9nf3ROTMJSVeJc","image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrK3qSDVk8P9nf3ROTMJSVeJc","has_image":true,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrJ0roiRDJqZfCSd8g1aLfTg4","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352027000,"updated_at":1772352027000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000},{"object":"phone_number","id":"idn_3AKrJHC8esLJw69AfaCeJojHnuW","phone_number":"+15555550102","reserved_for_second_factor":true,"default_second_factor":true,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352029000,"updated_at":1772352029000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":true,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":1772352029000,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352026000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352035000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352035000,"type":"user.updated"}',1772352035000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrKAX9VqLrB9T2JbaqQjwtKEd','organization.updated','{"data":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrKAX9VqLr9sorVN5zA38oPiv","has_image":true,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{"x":[1,{"y":null}]},"created_by":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","created_at":1772352009000,"updated_at":1772352036000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352036000,"type":"organization.updated"}',1772352036000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoI1s78LkSKVtihB','org:sys_profile:manage','Manage organization','Change the organization''s name, logo and settings.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoMsiRHj87yvw82R','org:sys_profile:delete','Delete organization','Delete the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgpvBjyNmHkvbtoSA','org:sys_memberships:read','Read members','See who belongs to the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgq2LfuArq9vDf5LF','org:sys_memberships:manage','Manage members','Add, change, invite and remove members.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrUOdDAC92lhOe6Z','org:sys_domains:read','Read domains','See the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrqNSjurctIOZr5Z','org:sys_domains:manage','Manage domains','Add, change and remove the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsYCYJSDXbvLAbz1','org:sys_billing:read','Read billing','See plans, statements and payments.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsnXhhcTLBfVPmDb','org:sys_billing:manage','Manage billing','Change plans and payment sources.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgtANasN71VDhNXdA','org:sys_entconns:manage','Manage enterprise connections','Add, change and remove enterprise connections.','system',1772352002000,1772352002000);
insert into refresh_tokens values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','h','sess_3AKrItiJgaKxxwgS2Z518WhZs61','https://app.example',1772352036000,1125899906842624);
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',0,'perm_3AKrFuTXBajgoI1s78LkSKVtihB');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',1,'perm_3AKrFuTXBajgoMsiRHj87yvw82R');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',2,'perm_3AKrFuTXBajgpvBjyNmHkvbtoSA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',3,'perm_3AKrFuTXBajgq2LfuArq9vDf5LF');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',4,'perm_3AKrFuTXBajgrUOdDAC92lhOe6Z');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',5,'perm_3AKrFuTXBajgrqNSjurctIOZr5Z');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',6,'perm_3AKrFuTXBajgsYCYJSDXbvLAbz1');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',7,'perm_3AKrFuTXBajgsnXhhcTLBfVPmDb');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',8,'perm_3AKrFuTXBajgtANasN71VDhNXdA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgvwlNbOmO2O5TEVD',0,'perm_3AKrFuTXBajgpvBjyNmHkvbtoSA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgvwlNbOmO2O5TEVD',1,'perm_3AKrFuTXBajgsYCYJSDXbvLAbz1');
insert into role_set_roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','rset_3AKrFuTXBajgthDD9fX13ezLqFr',0,'role_3AKrFuTXBajgv5YqRWGAqPtOvtv');
insert into role_set_roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','rset_3AKrFuTXBajgthDD9fX13ezLqFr',1,'role_3AKrFuTXBajgvwlNbOmO2O5TEVD');
insert into role_sets values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','rset_3AKrFuTXBajgthDD9fX13ezLqFr','role_set:default','Default',NULL,'role_3AKrFuTXBajgvwlNbOmO2O5TEVD','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',1772352002000,1772352002000);
insert into roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv','org:admin','Admin','May do everything in the organization.',1,1772352002000,1772352002000);
insert into roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','org:member','Member','May see the organization''s members.',0,1772352002000,1772352002000);
insert into secret_keys values ('8880be7ad41561013454591baa9d3a1ea335dd1d7143eb9af4c926921dff1448','key_3AKrG2k8wS1ZAP0OKa6CoNolVMm','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','old','sk_test_…1egC',1772352003000,1772352004000);
insert into secret_keys values ('c6136bc6389539ec43b80f5a54e352f65928ea307c8a1ee5fc3a6c228082472e','key_3AKrFuTXBajgwHgaizJwH7SwVGX','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','default','sk_test_…ored',1772352002000,NULL);
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrIkqptniFFfZkoa06Bl0DigP','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','client_3AKrIkqptniFGCcmlNqY38yGGQr','active','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352025000,1772956825000,1774944025000,1772352025000,1772352025000);
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrItiJgaKxxwgS2Z518WhZs61','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','client_3AKrItiJgaKxzKtAKImq5Qzh16S','active','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352026000,1772956826000,1774944026000,1772352026000,1772352026000);
insert into signing_keys values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
',1772352036000,1772352036000,1772352036000);
insert into signing_keys values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb_2','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
',1772352036000,NULL,1772352036000);
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','orgmem_3AKrH84l44ZLnZljoSmsQk4M1fI','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352012000,NULL,NULL,NULL,'gone@example.com',NULL,1772352033000,'user_3AKrGWNRnK89VkEOUkuwmYJraQE');
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGWNRnK89VkEOUkuwmYJraQE',NULL,1772352007000,NULL,NULL,NULL,NULL,NULL,1772352033000,NULL);
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@example.com','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@old.example.com','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','external_id','ext ''one''','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','organization_domain','old.example.com','org_3AKrGvBTxX7UPFWGq5cxjboI2cI');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','organization_domain','xn--bcher-kva.example','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550100','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550101','user_3AKrGQ5pXRssHhAjZ05F02cDu7p');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550102','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550103','user_3AKrGQ5pXRssHhAjZ05F02cDu7p');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','nobody','org_3AKrGvBTxX7UPFWGq5cxjboI2cI');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','stra-e-s-hne','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','username','ada_l','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','username','guarded','user_3AKrGfTRimGBDUU1UVs2yk2RTKx');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','web3_wallet','0x52908400098527886E0F7030069857D2E4169EE7','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
replace into user_search_config values ('version',4);
replace into user_search_data values (1,X'03814D');
replace into user_search_data values (10,X'00000000FF00000101080D000801010101010101010201010202010101030101030301010104010104040000010501010505010101060101060601010107010107070000010801010808000001');
replace into user_search_data values (1099511627777,X'000001A1073035637934386D02010638786A397666020403673578020403706F640203046B613764020205797379773902030474306871020403336E660202057A7A386F6502010639303170367102020531616477720202053661317631020205376A3969650202056130787833020304316661670202056970363835020403636A650202056C37616778020304396D37630205023830020304616269620202056D676274790202056E7279636E020205703038746E02040362797502020571396C616302040375706D02040377613002030461677471020205726932306702020573723036670202057530396662020403717433020601610202057871773176020304727768740202057A306572660201066130387037710202056871716A740202056E797639370201066235647669310202053672703276020205377674676E020601700204037A7337020304793537730203047A30746E020205393469356E02040371317902020562706E6479020205653469706F0204036B6276020403716E610206016602030437646575020205733467643202010663346573336402040909060607080706080908080808070806080705070808080608060607080808060408070809080809080804060707080608080606040708');
replace into user_search_data values (137438953473,X'000002E10730346D7131743801010638786A673578010403706F6401020579736B713601030474336E66010106393031703671010205316135796C010403696D300103046234716A01020532706D307201020533737130610102053531786F64010304323266300102053661347A32010205376A316B7501040339677101020539796D37660102056130787833010304316E3676010205686A35776E0102056970363835010304726574370102056C3761677801030439667639010601610105027879010403736A64010304616269620102056D673378700103046A3363620102056E72677A6A01040379643901030473316A340102056F796263380102057030356F370104036E3434010205713676387501030437316D32010403377869010403636D7A010304396137680104036C6163010403743467010403776130010304613131650104036774710102057269626873010403656E620102057372303667010205753131766A0102057639363077010403376C3501020578717731760103047335766D01020579777766670103047A78646A0102057A3064366901040365726601010661303870377101020568707A6E6D01030471716A740102056E7971696A010601740101066235653366780106017A01030467356F62010205366D747069010304727032760102053776727671010601770106017A01040374676D010403776D650104037937610104037A73370103047732793101040336337901030479336C6F010205393469356E01040371317901040377646F01020561646F386601040370746201030465307533010205626D706B6501040375396D0103046F7A716501020563767837710103047877627201020565346B6276010403716E610106016601040376653001060135010304376F6977010205687664396D0104036F627901040370777301040372686E0102056A34626679010403656C690104036B76760105027861010205727834317501010663346571696A0104037333640104090906080709080607080808070808060808070808070807040506070807080607080806080706060706060607060806080808060807080708060908070804090407080708040406060606070607080606080607080607080708060406040708060606080606050809');
replace into user_search_data values (274877906945,X'00000131073035637934386D02010638786A673578020403706F640203046B613764020205797379773902030474306871020403336E660202057A7A386F650201063931616477720202053661317631020205376A39696502020561316661670202056970636A650202056C37616778020304396D38300202056D676274790202056E7279636E020205703038746E02020571397761300202057269323067020205737230366702020575303966620204037174610202057872776874020106616871716A740201066235647669310202053672703276020205377674676E0204037A7337020304793537730203047A30746E020205393469356E02040371317902020562706E6479020205653469706F0204036B6276020403716E61020601660203043764657502020573346764320204090906070807060809080808080807080808080808080608090908080607070806080806060407');
replace into user_search_data values (412316860417,X'00000147073038786A6735780304036F3362030403706F640304037566380302057974336E6603010639303170367103020531613465330302053268626378030205337361383403040377636A03020536616376680304036A376C0302056130787833030205626138716F03020569703638350302056C37616778030304613230370304036269620302056E7279637403020571396A6E700304036C61630304036F643203040377613003030461677471030205726A33786B03020573723036670304036B727903040376736203040378646E03020577696775330304036C6B7803040374676F03020578717731760304037A367A030304723264670302057A30657266030106613038703771030304396E7A6A0302056871716A740302056E7977753303010662367270327603020568787969370302056A346F3138030106633465733364030409060606080908080806080608080808070608080606060708080606060806060806070809070808090808');
replace into user_search_data values (549755813889,X'000001050730387868376C360403046A397665040403673578040403706F640403046B3377660402057974336E6604040335396B04010639326A79356C040205353136736F040403707331040205363774377704030461317437040403366B3704040373707A04020562376E693904020568697134610402056C37616778040304613671770402056D696973710402056E7271676F0404037964380402057030373872040403776A660402057139386C3604040377613004020573723036670404037537690403047332356B04020576396E65720401066130393176680402056871716A740401066235676771300404037464620402053672703276040205393772316E040409070606070806090806080706060808080708080608060806080607080908090608');
replace into user_search_data values (687194767361,X'000003060730346D7131743801010638786A397666010403673578010403706F6401020579736B713601030474336E66010106393031703671010205316135796C010403696D300103046234716A01020532706D307201020533737130610102053531786F64010304323266300102053661347A32010205376A316B7501040339677101020539796D37660102056130787833010304316E3676010205686A35776E0102056970363835010304726574370102056C37616778010304396676390106016101050278790104036D3763010403736A64010304616269620102056D673378700103046A3363620102056E72677A6A01040379643901030473316A340102056F796263380102057030356F370104036279750104036E3434010205713676387501030437316D32010403377869010403636D7A010304396137680104036C616301040374346701040375706D010403776130010304613131650104036774710102057269626873010403656E62010205737230366701020575307174330103043131766A0102057639363077010403376C3501020578717731760103047335766D01020579777766670103047A78646A0102057A3064366901040365726601010661303870377101020568707A6E6D01030471716A740102056E7971696A010601740104037639370101066235653366780106017A01030467356F62010205366D747069010304727032760102053776727671010601770106017A01040374676D010403776D650104037937610104037A73370103047732793101040336337901030479336C6F010205393469356E01040371317901040377646F01020561646F386601040370746201030465307533010205626D706B6501040375396D0103046F7A716501020563767837710103047877627201020565346B6276010403716E610106016601040376653001060135010304376F6977010205687664396D0104036F627901040370777301040372686E0102056A34626679010403656C690104036B76760105027861010205727834317501010663346571696A0104037333640104090906060807090806070808080708080608080708080708070405060607080708060708080606080706060706060606070608060808070806080708070806090807080406090407080708040406060606070607080606080607080607080708060406040708060606080606050809');
replace into user_search_data values (824633720833,X'0000019D073035637934386D02010638786A397666020403673578020403706F640203046B613764020205797379773902030474306871020403336E660202057A7A386F6502010639303170367102020531616477720202053661317631020205376A3969650202056130787833020304316661670202056970363835020403636A650202056C37616778020304396D37630205023830020304616269620202056D676274790202056E7279636E020205703038746E02040362797502020571396C616302040375706D02040377613002030461677471020205726932306702020573723036670202057530396662020403717433020601610202057871773176020304727768740202057A306572660201066130387037710202056871716A740202056E797639370201066235647669310202053672703276020205377674676E0204037A7337020304793537730203047A30746E020205393469356E02040371317902020562706E6479020205653469706F0204036B6276020403716E6102060166020304376465750202057334676432020106633465733364020409090606070807060809080808080708060807050708080806080606070808080604080708090808090808060707080608080606040708');
replace into user_search_data values (9007336693694464,X'04000000000000010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
replace into user_search_data values (9007474132647936,X'04000000000000010000000000000000000000020000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
replace into user_search_data values (9007611571601408,X'04000000000000010000000000000000000000000000000300000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
replace into user_search_data values (9007886449508352,X'04000000000000010000000000000001000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
replace into user_search_data values (9008023888461824,X'04000000000000010000000000000000000000020000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
replace into user_search_data values (962072674305,X'0000030A0730346D7131743801010638786A397666010403673578010403706F6401020579736B713601030474336E66010106393031703671010205316135796C010403696D300103046234716A01020532706D307201020533737130610102053531786F64010304323266300102053661347A32010205376A316B7501040339677101020539796D37660102056130787833010304316E3676010205686A35776E0102056970363835010304726574370102056C37616778010304396676390106016101050278790104036D3763010403736A64010304616269620102056D673378700103046A3363620102056E72677A6A01040379643901030473316A340102056F796263380102057030356F370104036279750104036E3434010205713676387501030437316D32010403377869010403636D7A010304396137680104036C616301040374346701040375706D010403776130010304613131650104036774710102057269626873010403656E62010205737230366701020575307174330103043131766A0102057639363077010403376C3501020578717731760103047335766D01020579777766670103047A78646A0102057A3064366901040365726601010661303870377101020568707A6E6D01030471716A740102056E7971696A010601740104037639370101066235653366780106017A01030467356F62010205366D747069010304727032760102053776727671010601770106017A01040374676D0106016F010403776D650104037937610104037A73370103047732793101040336337901030479336C6F010205393469356E01040371317901040377646F01020561646F386601040370746201030465307533010205626D706B6501040375396D0103046F7A716501020563767837710103047877627201020565346B6276010403716E610106016601040376653001060135010304376F6977010205687664396D0104036F627901040370777301040372686E0102056A34626679010403656C690104036B76760105027861010205727834317501010663346571696A010403733364010409090606080709080607080808070808060808070808070807040506060708070806070808060608070606070606060607060806080807080608070807080609080708040609040708070804040604060606070607080606080607080607080708060406040708060606080606050809');
replace into user_search_docsize values (1,X'71',7);
replace into user_search_docsize values (2,X'39',8);
replace into user_search_docsize values (4,X'23',4);
replace into user_search_idx values (1,X'',2);
replace into user_search_idx values (2,X'',2);
replace into user_search_idx values (3,X'',2);
replace into user_search_idx values (4,X'',2);
replace into user_search_idx values (5,X'',2);
replace into user_search_idx values (6,X'',2);
replace into user_search_idx values (7,X'',2);
replace into user_search_idx values (8,X'',2);
replace into user_search_rows values (1,'ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
replace into user_search_rows values (2,'ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p');
replace into user_search_rows values (4,'ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGfTRimGBDUU1UVs2yk2RTKx');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','ext ''one''','Ada_L','Ada','Lövelace',NULL,'idn_3AKrGGijQbqWVCTOxHFSdae4EOM','idn_3AKrGGijQbqWWjjVdQcVgwlKrEY','idn_3AKrGGijQbqWY8ZHPKEBSXuZWag','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7','$argon2id$v=19$m=19456,t=2,p=1$3TJd/7naMsvzwXvZbVCI2w$PCXxroa3JeR9g881+gmAjVNbfC08VxejeIFDYHcLgq8',1772352005000,'{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"}','{}','{}',0,0,1,1,NULL,0,NULL,1772352026000,1772323200000,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352005000,1772352035000,'ada@example.comada@old.example.comshared@example.com','+15555550100+15555550102','ada_l','ada lövelace','ada@example.comada@old.example.comshared@example.com+15555550100+15555550102ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrggijqbqwtgjztfuxqezhis8ada lövelace',NULL,0,NULL,NULL,NULL,1772352029000,NULL,NULL,'img_3AKrK3qSDVk8P9nf3ROTMJSVeJc');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p',NULL,NULL,'Zoë 😀',NULL,NULL,'idn_3AKrJAkL5xbiL1JGuWzwkgimWoq','idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf',NULL,'shared@example.com','+15555550101',NULL,NULL,NULL,'{}','{}','{}',1,0,1,1,NULL,0,NULL,NULL,NULL,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352006000,1772352032000,'shared@example.com','+15555550101+15555550103','','zoë 😀','shared@example.com+15555550101+15555550103user_3akrgq5pxrsshhajz05f02cdu7pzoë 😀',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGfTRimGBDUU1UVs2yk2RTKx',NULL,'guarded',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'d621dea6db7eb1ff1ff6a4b24e074cca',1772352008000,'{}','{}','{}',0,1,1,1,NULL,0,NULL,NULL,NULL,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352008000,1772352008000,'','','guarded','','guardeduser_3akrgftrimgbduu1uvs2yk2rtkx','md5',0,'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',NULL,'["$sha256$2v/WPuGsfIElpa+f9Pridw$qN39rXq2VkM2dtMYaBW0dJlwtj3XFe5aXljwXviUHrI"]',1772352008000,NULL,1772355608000,NULL);
insert into verifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','3d1ad305d50588663d8c2f0d723b2890997b0c933c2b97baea25439260eb6ac8','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrJQH9X8NzUUQmBpFfEKdmIF7','phone_code','6436d41a8baae3ef2b980305db86b93652d33541d52370b1c305d8b4a1849be4','verified',1,1772352631000,1772352031000);
