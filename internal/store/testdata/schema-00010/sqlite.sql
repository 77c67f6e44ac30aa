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
	updated_at integer not null, verified_by text, reserved_for_second_factor integer not null default 0, default_second_factor integer not null default 0,
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
	default 'manual_invitation automatic_invitation automatic_suggestion', elevated_member_required integer not null default 0) strict;
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
	created_at integer not null,
	primary key (instance_id, id)
) strict;
CREATE TABLE member_counts (
	instance_id text not null,
	organization_id text not null,
	slot integer not null,
	members integer not null,
	primary key (instance_id, organization_id, slot)
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
CREATE INDEX identifications_by_email_domain on identifications (instance_id, substr(value, instr(value, '@') + 1), user_id)
	where kind = 'email_address';
CREATE INDEX identifications_by_id on identifications (instance_id, id);
CREATE INDEX identifications_by_value on identifications (instance_id, kind, value, user_id);
CREATE INDEX images_by_owner on images (instance_id, owner_id);
CREATE INDEX mails_by_due_at on mails (due_at);
CREATE INDEX mails_by_invitation on mails (instance_id, invitation_id)
	where invitation_id is not null;
CREATE INDEX memberships_by_created_at on memberships (instance_id, created_at, id);
CREATE UNIQUE INDEX memberships_by_id on memberships (instance_id, id);
CREATE INDEX memberships_by_role on memberships (instance_id, role_id, organization_id, created_at, id);
CREATE INDEX memberships_by_user on memberships (instance_id, user_id, created_at, id);
CREATE INDEX memberships_of_organization_by_created_at on memberships (instance_id, organization_id, created_at, id);
CREATE INDEX memberships_of_organization_by_email_address on memberships (instance_id, organization_id, email_address, id);
CREATE INDEX memberships_of_organization_by_first_name on memberships (instance_id, organization_id, first_name, id);
CREATE INDEX memberships_of_organization_by_first_name_ascending on memberships (instance_id, organization_id, first_name, id desc);
CREATE INDEX memberships_of_organization_by_last_name on memberships (instance_id, organization_id, last_name, id);
CREATE INDEX memberships_of_organization_by_last_name_ascending on memberships (instance_id, organization_id, last_name, id desc);
CREATE INDEX memberships_of_organization_by_phone_number on memberships (instance_id, organization_id, phone_number, id);
CREATE INDEX memberships_of_organization_by_username on memberships (instance_id, organization_id, username, id);
CREATE INDEX organization_domains_by_created_at on organization_domains (instance_id, created_at, id);
CREATE UNIQUE INDEX organization_domains_by_name on organization_domains (instance_id, organization_id, name);
CREATE INDEX organization_domains_of_organization_by_created_at on organization_domains (instance_id, organization_id, created_at, id);
CREATE INDEX organization_domains_to_enrol on organization_domains (updated_at)
	where enrol_behind is not null;
CREATE INDEX organization_invitations_by_created_at on organization_invitations (instance_id, created_at, id);
CREATE INDEX organization_invitations_by_domain on organization_invitations (instance_id, organization_id, domain_id, status)
	where domain_id is not null;
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
CREATE INDEX organizations_by_role_set on organizations (instance_id, role_set_id);
CREATE INDEX secret_keys_by_instance on secret_keys (instance_id, created_at);
CREATE INDEX sessions_by_client on sessions (instance_id, client_id, created_at, id);
CREATE INDEX sessions_by_created_at on sessions (instance_id, created_at, id);
CREATE INDEX sessions_by_organization on sessions (instance_id, last_active_organization_id)
	where last_active_organization_id is not null;
CREATE INDEX sessions_by_user on sessions (instance_id, user_id, created_at, id);
CREATE INDEX signing_keys_by_end on signing_keys (covers_until)
	where retired_at is not null;
CREATE INDEX tombstones_by_deleted_at on tombstones (deleted_at);
CREATE INDEX users_by_active_organization on users (instance_id, active_organization_id)
	where active_organization_id is not null;
CREATE INDEX users_by_created_at on users (instance_id, created_at, id);
insert into goose_db_version values (1,0,1,'2026-11-23 22:45:35');
insert into goose_db_version values (10,9,1,'2026-11-23 22:45:35');
insert into goose_db_version values (11,10,1,'2026-11-23 22:45:35');
insert into goose_db_version values (2,1,1,'2026-11-23 22:45:35');
insert into goose_db_version values (3,2,1,'2026-11-23 22:45:35');
insert into goose_db_version values (4,3,1,'2026-11-23 22:45:35');
insert into goose_db_version values (5,4,1,'2026-11-23 22:45:35');
insert into goose_db_version values (6,5,1,'2026-11-23 22:45:35');
insert into goose_db_version values (7,6,1,'2026-11-23 22:45:35');
insert into goose_db_version values (8,7,1,'2026-11-23 22:45:35');
insert into goose_db_version values (9,8,1,'2026-11-23 22:45:35');
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWVCTOxHFSdae4EOM','email_address',0,'ada@example.com',0,1772352005000,1772352005000,'admin',0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR','email_address',1,'ada@old.example.com',0,1772352005000,1772352005000,'admin',0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWWjjVdQcVgwlKrEY','phone_number',0,'+15555550100',0,1772352005000,1772352005000,'admin',0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrGGijQbqWY8ZHPKEBSXuZWag','web3_wallet',0,'0x52908400098527886E0F7030069857D2E4169EE7',0,1772352005000,1772352005000,'admin',0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrIYDkXhuMTN0Qq8bupNnRCNo','email_address',2,'shared@example.com',0,1772352023000,1772352023000,NULL,0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','idn_3AKrInN8zJoe4aHxg3cWO1N1PyS','phone_number',1,'+15555550102',0,1772352025000,1772352025000,'admin',1,1);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf','phone_number',0,'+15555550101',0,1772352006000,1772352006000,'admin',0,0);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','idn_3AKrIdUcbnQFa8dtE9lFeuzuMpg','email_address',0,'shared@example.com',0,1772352024000,1772352024000,NULL,0,0);
insert into image_chunks values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrJBMMmlwRO4AGZ8xyIywU9PR',0,X'47494638396101000100800000000000FFFFFF2C00000000010001000002024401003B');
insert into image_chunks values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrJJDaBqLzJ0qhjJL0KUQThSE',0,X'47494638396101000100800000000000FFFFFF2C00000000010001000002024401003B');
insert into images values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrJBMMmlwRO4AGZ8xyIywU9PR','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','image/gif',35,'6c63cc5063ac82d8bbc925f9a31adf3a87f1510c021e0fde51854d60484b5019',NULL,1772352028000);
insert into images values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','img_3AKrJJDaBqLzJ0qhjJL0KUQThSE','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','image/gif',35,'6c63cc5063ac82d8bbc925f9a31adf3a87f1510c021e0fde51854d60484b5019','user_3AKrGGijQbqWTgjZtfuXqEzHIS8',1772352029000);
insert into imports values ('ins_unfinished',7,'d',1,1,NULL);
insert into instances values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','stored','development',1,1,1,0,1772352002000,1772352002000,'rset_3AKrFuTXBajgthDD9fX13ezLqFr',10,10,10,1,'manual_invitation automatic_invitation automatic_suggestion',0);
insert into jwt_templates values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','jtmp_3AKrI8uDQLON5WmZx27KoVQedXa','stored','{"aud":"a","n":{"x":"{{org.slug || ''é''}}"}}',60,5,'RS256',NULL,1772352020000,1772352020000);
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
',0,1772352018000,1772352018000);
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
',0,1772352019000,1772352019000);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',0,3);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI',0,0);
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','orgmem_3AKrGjk13IbYR5LoUAKfV8AI0r0','role_3AKrFuTXBajgv5YqRWGAqPtOvtv','{}','{}',1772352009000,1772352009000,1772352005000,'Ada','Lövelace','Ada_L','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7',0,1772323200000,'ada@example.comada@old.example.comshared@example.com','+15555550100+15555550102','ada_l','ada lövelace','ada@example.comada@old.example.comshared@example.com+15555550100+15555550102ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrggijqbqwtgjztfuxqezhis8ada lövelace','img_3AKrJBMMmlwRO4AGZ8xyIywU9PR');
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGQ5pXRssHhAjZ05F02cDu7p','orgmem_3AKrGzqHvIU0Yvs72AALH05j5MS','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','{"title":"é"}','{}',1772352011000,1772352011000,1772352006000,'Zoë 😀',NULL,NULL,'shared@example.com','+15555550101',NULL,1,NULL,'shared@example.com','+15555550101','','zoë 😀','shared@example.com+15555550101user_3akrgq5pxrsshhajz05f02cdu7pzoë 😀',NULL);
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','user_3AKrGfTRimGBDUU1UVs2yk2RTKx','orgmem_3AKrHHLFmQQr2cGb7jBBcIgsqrF','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','{"title":"é"}','{}',1772352013000,1772352013000,1772352008000,NULL,NULL,'guarded',NULL,NULL,NULL,0,NULL,'','','guarded','','guardeduser_3akrgftrimgbduu1uvs2yk2rtkx',NULL);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orgdmn_3AKrHNdQ2T1bubWUDpy7jEiUIRv','xn--bcher-kva.example','manual_invitation',1,1772352017000,NULL,1772352014000,1772352017000);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orgdmn_3AKrHWvU2qgzXpWoJzKliHE8jX4','unverified.example','manual_invitation',0,NULL,NULL,1772352015000,1772352015000);
insert into organization_domains values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','orgdmn_3AKrHff7SPpfkiHZAWGUB5bHcG4','old.example.com','automatic_suggestion',1,NULL,'',1772352016000,1772352016000);
insert into organization_invitations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orginv_3AKrHuEuVlEeM16N4RfjyCCif6c','invited1@example.com','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','pending','{}','{}','https://example.com/in?x=1','JjWnc-c5DJCp3vwKlgc1EyehR7aOzikNn9VCxj7ezr8',NULL,1772438418000,1772352018000,1772352018000,NULL);
insert into organization_invitations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','orginv_3AKrI0sdlfTC9hJYZbnq6gmbBjM','invited30@example.com','role_3AKrFuTXBajgvwlNbOmO2O5TEVD','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','pending','{}','{}','https://example.com/in?x=1','QyIN0W3pKnyMh9xumtt2rMzLdZ6qqUcTCsuuWpxZdG4',NULL,1774944019000,1772352019000,1772352019000,NULL);
insert into organization_suggestions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','orgsug_3AKrHff7SPpflFAkvrGJllCeKAJ','orgdmn_3AKrHff7SPpfkiHZAWGUB5bHcG4','pending',1772352016000,1772352016000);
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','Straße & Söhne','stra-e-s-hne',7,1,'{}','{"x":[1,{"y":null}]}','user_3AKrGGijQbqWTgjZtfuXqEzHIS8',1772352009000,1772352029000,'strasse & söhnestra-e-s-hne','rset_3AKrFuTXBajgthDD9fX13ezLqFr','img_3AKrJJDaBqLzJ0qhjJL0KUQThSE');
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGvBTxX7UPFWGq5cxjboI2cI','Nobody here','nobody',0,1,'{}','{}',NULL,1772352010000,1772352027000,'nobody herenobody','rset_3AKrFuTXBajgthDD9fX13ezLqFr',NULL);
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
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrIGI9TWE6ZRcCUwWc13czblV','session.created','{"data":{"object":"session","id":"sess_3AKrIGI9TWE6Xzt3yserbCpePcl","user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","client_id":"client_3AKrIGI9TWE6ZEh4WKtYZpfQ5uL","actor":null,"status":"active","last_active_organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","last_active_at":1772352021000,"expire_at":1772956821000,"abandon_at":1774944021000,"created_at":1772352021000,"updated_at":1772352021000,"user":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352021000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352021000,"type":"session.created"}',1772352021000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrIOHukKlj2pnITG7mgYSehGP','session.created','{"data":{"object":"session","id":"sess_3AKrIOHukKlj1BPHP1lONx4I46j","user_id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","client_id":"client_3AKrIOHukKlj2CHaHhCf1T998AA","actor":null,"status":"active","last_active_organization_id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","last_active_at":1772352022000,"expire_at":1772956822000,"abandon_at":1774944022000,"created_at":1772352022000,"updated_at":1772352022000,"user":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352022000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352022000,"type":"session.created"}',1772352022000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrIYDkXhuMU7HXiS4lzX1W6L6','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrIYDkXhuMTN0Qq8bupNnRCNo","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352023000,"updated_at":1772352023000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352022000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352023000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352023000,"type":"user.updated"}',1772352023000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrIdUcbnQFbSjbfJ0MYAzKQfe','user.updated','{"data":{"object":"user","id":"user_3AKrGQ5pXRssHhAjZ05F02cDu7p","external_id":null,"primary_email_address_id":"idn_3AKrIdUcbnQFa8dtE9lFeuzuMpg","primary_phone_number_id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHUTVwWFJzc0hoQWpaMDVGMDJjRHU3cCIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrIdUcbnQFa8dtE9lFeuzuMpg","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352024000,"updated_at":1772352024000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352024000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352024000,"type":"user.updated"}',1772352024000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrInN8zJoe4bSXzZHmawfVe9o','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHR2lqUWJxV1Rnalp0ZnVYcUV6SElTOCIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrIYDkXhuMTN0Qq8bupNnRCNo","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352023000,"updated_at":1772352023000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000},{"object":"phone_number","id":"idn_3AKrInN8zJoe4aHxg3cWO1N1PyS","phone_number":"+15555550102","reserved_for_second_factor":true,"default_second_factor":true,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352025000,"updated_at":1772352025000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":true,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":1772352025000,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352022000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352025000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352025000,"type":"user.updated"}',1772352025000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrItowYEYFff7rR6pDx9NWh48','organizationMembership.deleted','{"data":{"object":"organization_membership","id":"orgmem_3AKrH84l44ZLnZljoSmsQk4M1fI","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":3,"pending_invitations_count":2,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"public_user_data":{"user_id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHV05Sbks4OVZrRU9Va3V3bVlKcmFRRSJ9","has_image":false,"identifier":"gone@example.com","username":null,"banned":false,"deprovisioned":false},"created_at":1772352012000,"updated_at":1772352012000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352026000,"type":"organizationMembership.deleted"}',1772352026000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrItowYEYFfwVHNNiKQbuFu8A','user.deleted','{"data":{"object":"user","id":"user_3AKrGWNRnK89VkEOUkuwmYJraQE","deleted":true},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352026000,"type":"user.deleted"}',1772352026000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJ2txQUavE3PSxLsErfI1BOj','organization.updated','{"data":{"object":"organization","id":"org_3AKrGvBTxX7UPFWGq5cxjboI2cI","name":"Nobody here","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckd2QlR4WDdVUEZXR3E1Y3hqYm9JMmNJIiwiaW5pdGlhbHMiOiJOIn0","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{},"created_at":1772352010000,"updated_at":1772352027000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352027000,"type":"organization.updated"}',1772352027000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJBMMmlwROknuRwMN2J8SJc5','user.updated','{"data":{"object":"user","id":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","primary_phone_number_id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","primary_web3_wallet_id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrJBMMmlwRO4AGZ8xyIywU9PR","image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrJBMMmlwRO4AGZ8xyIywU9PR","has_image":true,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGGijQbqWVCTOxHFSdae4EOM","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGGijQbqWWSQ20Ne8Qje5ejR","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrIYDkXhuMTN0Qq8bupNnRCNo","email_address":"shared@example.com","reserved":false,"verification":null,"linked_to":[],"created_at":1772352023000,"updated_at":1772352023000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGGijQbqWWjjVdQcVgwlKrEY","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000},{"object":"phone_number","id":"idn_3AKrInN8zJoe4aHxg3cWO1N1PyS","phone_number":"+15555550102","reserved_for_second_factor":true,"default_second_factor":true,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352025000,"updated_at":1772352025000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGGijQbqWY8ZHPKEBSXuZWag","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":true,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":1772352025000,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352022000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352028000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352028000,"type":"user.updated"}',1772352028000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrJJDaBqLzJBe6GpucDXE7lCR','organization.updated','{"data":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"http://127.0.0.1:8787/images/ins_3AKrFkxrIXdGwb10x7mW9lKOPnb/img_3AKrJJDaBqLzJ0qhjJL0KUQThSE","has_image":true,"max_allowed_memberships":7,"admin_delete_enabled":true,"role_set_key":"role_set:default","public_metadata":{},"private_metadata":{"x":[1,{"y":null}]},"created_by":"user_3AKrGGijQbqWTgjZtfuXqEzHIS8","created_at":1772352009000,"updated_at":1772352029000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352029000,"type":"organization.updated"}',1772352029000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoI1s78LkSKVtihB','org:sys_profile:manage','Manage organization','Change the organization''s name, logo and settings.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoMsiRHj87yvw82R','org:sys_profile:delete','Delete organization','Delete the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgpvBjyNmHkvbtoSA','org:sys_memberships:read','Read members','See who belongs to the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgq2LfuArq9vDf5LF','org:sys_memberships:manage','Manage members','Add, change, invite and remove members.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrUOdDAC92lhOe6Z','org:sys_domains:read','Read domains','See the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrqNSjurctIOZr5Z','org:sys_domains:manage','Manage domains','Add, change and remove the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsYCYJSDXbvLAbz1','org:sys_billing:read','Read billing','See plans, statements and payments.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsnXhhcTLBfVPmDb','org:sys_billing:manage','Manage billing','Change plans and payment sources.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgtANasN71VDhNXdA','org:sys_entconns:manage','Manage enterprise connections','Add, change and remove enterprise connections.','system',1772352002000,1772352002000);
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
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrIGI9TWE6Xzt3yserbCpePcl','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','client_3AKrIGI9TWE6ZEh4WKtYZpfQ5uL','active','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352021000,1772956821000,1774944021000,1772352021000,1772352021000);
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrIOHukKlj1BPHP1lONx4I46j','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','client_3AKrIOHukKlj2CHaHhCf1T998AA','active','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352022000,1772956822000,1774944022000,1772352022000,1772352022000);
insert into signing_keys values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
',1772352029000,1772352029000,1772352029000);
insert into signing_keys values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb_2','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
',1772352029000,NULL,1772352029000);
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','orgmem_3AKrH84l44ZLnZljoSmsQk4M1fI','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352012000,NULL,NULL,NULL,'gone@example.com',NULL,1772352026000,'user_3AKrGWNRnK89VkEOUkuwmYJraQE');
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGWNRnK89VkEOUkuwmYJraQE',NULL,1772352007000,NULL,NULL,NULL,NULL,NULL,1772352026000,NULL);
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@example.com','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@old.example.com','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','external_id','ext ''one''','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','organization_domain','old.example.com','org_3AKrGvBTxX7UPFWGq5cxjboI2cI');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','organization_domain','xn--bcher-kva.example','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550100','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550101','user_3AKrGQ5pXRssHhAjZ05F02cDu7p');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550102','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','nobody','org_3AKrGvBTxX7UPFWGq5cxjboI2cI');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','stra-e-s-hne','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','username','ada_l','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','username','guarded','user_3AKrGfTRimGBDUU1UVs2yk2RTKx');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','web3_wallet','0x52908400098527886E0F7030069857D2E4169EE7','user_3AKrGGijQbqWTgjZtfuXqEzHIS8');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGGijQbqWTgjZtfuXqEzHIS8','ext ''one''','Ada_L','Ada','Lövelace',NULL,'idn_3AKrGGijQbqWVCTOxHFSdae4EOM','idn_3AKrGGijQbqWWjjVdQcVgwlKrEY','idn_3AKrGGijQbqWY8ZHPKEBSXuZWag','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7','$argon2id$v=19$m=19456,t=2,p=1$3TJd/7naMsvzwXvZbVCI2w$PCXxroa3JeR9g881+gmAjVNbfC08VxejeIFDYHcLgq8',1772352005000,'{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"}','{}','{}',0,0,1,1,NULL,0,NULL,1772352022000,1772323200000,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352005000,1772352028000,'ada@example.comada@old.example.comshared@example.com','+15555550100+15555550102','ada_l','ada lövelace','ada@example.comada@old.example.comshared@example.com+15555550100+15555550102ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrggijqbqwtgjztfuxqezhis8ada lövelace',NULL,0,NULL,NULL,NULL,1772352025000,NULL,NULL,'img_3AKrJBMMmlwRO4AGZ8xyIywU9PR');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGQ5pXRssHhAjZ05F02cDu7p',NULL,NULL,'Zoë 😀',NULL,NULL,'idn_3AKrIdUcbnQFa8dtE9lFeuzuMpg','idn_3AKrGQ5pXRssHnTpWPcGuwHxYqf',NULL,'shared@example.com','+15555550101',NULL,NULL,NULL,'{}','{}','{}',1,0,1,1,NULL,0,NULL,NULL,NULL,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352006000,1772352024000,'shared@example.com','+15555550101','','zoë 😀','shared@example.com+15555550101user_3akrgq5pxrsshhajz05f02cdu7pzoë 😀',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGfTRimGBDUU1UVs2yk2RTKx',NULL,'guarded',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'d621dea6db7eb1ff1ff6a4b24e074cca',1772352008000,'{}','{}','{}',0,1,1,1,NULL,0,NULL,NULL,NULL,'org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',1772352008000,1772352008000,'','','guarded','','guardeduser_3akrgftrimgbduu1uvs2yk2rtkx','md5',0,'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',NULL,'["$sha256$2v/WPuGsfIElpa+f9Pridw$qN39rXq2VkM2dtMYaBW0dJlwtj3XFe5aXljwXviUHrI"]',1772352008000,NULL,1772355608000,NULL);
