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
	updated_at integer not null,
	primary key (instance_id, user_id, id)
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
	creator_role_id text not null,
	created_at integer not null,
	updated_at integer not null
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
	search text not null,
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
	search text not null,
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
	search text not null,
	primary key (instance_id, id)
) strict;
CREATE INDEX memberships_by_created_at on memberships (instance_id, created_at, id);
CREATE UNIQUE INDEX memberships_by_id on memberships (instance_id, id);
CREATE INDEX memberships_by_user on memberships (instance_id, user_id, created_at, id);
CREATE INDEX memberships_of_organization_by_created_at on memberships (instance_id, organization_id, created_at, id);
CREATE INDEX memberships_of_organization_by_email_address on memberships (instance_id, organization_id, email_address, id);
CREATE INDEX memberships_of_organization_by_first_name on memberships (instance_id, organization_id, first_name, id);
CREATE INDEX memberships_of_organization_by_last_name on memberships (instance_id, organization_id, last_name, id);
CREATE INDEX memberships_of_organization_by_phone_number on memberships (instance_id, organization_id, phone_number, id);
CREATE INDEX memberships_of_organization_by_role on memberships (instance_id, organization_id, role_id);
CREATE INDEX memberships_of_organization_by_username on memberships (instance_id, organization_id, username, id);
CREATE INDEX organizations_by_created_at on organizations (instance_id, created_at, id);
CREATE INDEX organizations_by_creator on organizations (instance_id, created_by);
CREATE INDEX secret_keys_by_instance on secret_keys (instance_id, created_at);
CREATE INDEX sessions_by_client on sessions (instance_id, client_id, created_at, id);
CREATE INDEX sessions_by_created_at on sessions (instance_id, created_at, id);
CREATE INDEX sessions_by_organization on sessions (instance_id, last_active_organization_id)
	where last_active_organization_id is not null;
CREATE INDEX sessions_by_user on sessions (instance_id, user_id, created_at, id);
CREATE INDEX tombstones_by_deleted_at on tombstones (deleted_at);
CREATE INDEX users_by_active_organization on users (instance_id, active_organization_id)
	where active_organization_id is not null;
CREATE INDEX users_by_created_at on users (instance_id, created_at, id);
insert into goose_db_version values (1,0,1,'2026-11-23 19:45:23');
insert into goose_db_version values (2,1,1,'2026-11-23 19:45:23');
insert into goose_db_version values (3,2,1,'2026-11-23 19:45:23');
insert into goose_db_version values (4,3,1,'2026-11-23 19:45:23');
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGHrxLWV1OX4PZaSyHNMc119','idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI','email_address',0,'ada@example.com',0,1772352005000,1772352005000);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGHrxLWV1OX4PZaSyHNMc119','idn_3AKrGHrxLWV1Qvqc0tLZ3tLGG9W','email_address',1,'ada@old.example.com',0,1772352005000,1772352005000);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGHrxLWV1OX4PZaSyHNMc119','idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb','phone_number',0,'+15555550100',0,1772352005000,1772352005000);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGHrxLWV1OX4PZaSyHNMc119','idn_3AKrGHrxLWV1ST6ih2ic7FSWszi','web3_wallet',0,'0x52908400098527886E0F7030069857D2E4169EE7',0,1772352005000,1772352005000);
insert into identifications values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGMVkvnnZRSZHlkwKrvHnWTa','idn_3AKrGMVkvnnZSyr5O6Hbya4rvAL','phone_number',0,'+15555550101',0,1772352006000,1772352006000);
insert into imports values ('ins_unfinished',7,'d',1,1,NULL);
insert into instances values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','stored','development',1,1,1,0,'role_3AKrFuTXBajgthDD9fX13ezLqFr',1772352002000,1772352002000);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',0,2);
insert into member_counts values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ',0,0);
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP','user_3AKrGHrxLWV1OX4PZaSyHNMc119','orgmem_3AKrGc49ZqGh1nc0TmtimXMmKGV','role_3AKrFuTXBajgthDD9fX13ezLqFr','{}','{}',1772352008000,1772352008000,1772352005000,'Ada','Lövelace','Ada_L','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7',0,1772352013000,'ada@example.comada@old.example.com','+15555550100','ada_l','ada lövelace','ada@example.comada@old.example.com+15555550100ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrghrxlwv1ox4pzasyhnmc119ada lövelace');
insert into memberships values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP','user_3AKrGMVkvnnZRSZHlkwKrvHnWTa','orgmem_3AKrGv1aVKFfjfdAZCJtPMHT0Ss','role_3AKrFuTXBajgv5YqRWGAqPtOvtv','{"title":"é"}','{}',1772352010000,1772352010000,1772352006000,'Zoë 😀',NULL,NULL,NULL,'+15555550101',NULL,1,NULL,'','+15555550101','','zoë 😀','+15555550101user_3akrgmvkvnnzrszhlkwkrvhnwtazoë 😀');
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP','Straße & Söhne','stra-e-s-hne',5,1,'{}','{"x":[1,{"y":null}]}','user_3AKrGHrxLWV1OX4PZaSyHNMc119',1772352008000,1772352008000,'strasse & söhnestra-e-s-hne');
insert into organizations values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ','Nobody here','nobody',0,1,'{}','{}',NULL,1772352009000,1772352015000,'nobody herenobody');
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGHrxLWV1TrwUSwKHsqblYLq','user.created','{"data":{"object":"user","id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","primary_phone_number_id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","primary_web3_wallet_id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHSHJ4TFdWMU9YNFBaYVN5SE5NYzExOSIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGHrxLWV1Qvqc0tLZ3tLGG9W","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352005000,"type":"user.created"}',1772352005000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGMVkvnnZT5ABLVodtTkbZtB','user.created','{"data":{"object":"user","id":"user_3AKrGMVkvnnZRSZHlkwKrvHnWTa","external_id":null,"primary_email_address_id":null,"primary_phone_number_id":"idn_3AKrGMVkvnnZSyr5O6Hbya4rvAL","primary_web3_wallet_id":null,"username":null,"first_name":"Zoë 😀","last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHTVZrdm5uWlJTWkhsa3dLcnZIbldUYSIsImluaXRpYWxzIjoiWiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGMVkvnnZSyr5O6Hbya4rvAL","phone_number":"+15555550101","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352006000,"updated_at":1772352006000}],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":true,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352006000,"created_at":1772352006000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352006000,"type":"user.created"}',1772352006000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGUAYrkcV0yIL9eR0BNsgtsN','user.created','{"data":{"object":"user","id":"user_3AKrGUAYrkcUzQztyLEaTZUIadn","external_id":null,"primary_email_address_id":"idn_3AKrGUAYrkcV0Ls6TPw9ZITDkTC","primary_phone_number_id":null,"primary_web3_wallet_id":null,"username":null,"first_name":null,"last_name":null,"locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHVUFZcmtjVXpRenR5TEVhVFpVSWFkbiJ9","has_image":false,"public_metadata":{},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGUAYrkcV0Ls6TPw9ZITDkTC","email_address":"gone@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352007000,"updated_at":1772352007000}],"phone_numbers":[],"web3_wallets":[],"passkeys":[],"password_enabled":false,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":null,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":null,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352007000,"created_at":1772352007000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":null,"legal_accepted_at":null,"bypass_client_trust":false},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352007000,"type":"user.created"}',1772352007000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGc49ZqGh0MKps1pAh8SYOuN','organization.created','{"data":{"object":"organization","id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdjNDlacUdnejFieGJOTXpQNFJoM2RQIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"max_allowed_memberships":5,"admin_delete_enabled":true,"public_metadata":{},"private_metadata":{"x":[1,{"y":null}]},"created_by":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","created_at":1772352008000,"updated_at":1772352008000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352008000,"type":"organization.created"}',1772352008000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGc49ZqGh1olysuttTkZm3xr','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrGc49ZqGh1nc0TmtimXMmKGV","role":"org:admin","role_name":"Admin","permissions":["org:sys_profile:manage","org:sys_profile:delete","org:sys_memberships:read","org:sys_memberships:manage","org:sys_domains:read","org:sys_domains:manage","org:sys_billing:read","org:sys_billing:manage","org:sys_entconns:manage"],"public_metadata":{},"organization":{"object":"organization","id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdjNDlacUdnejFieGJOTXpQNFJoM2RQIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":1,"pending_invitations_count":0,"max_allowed_memberships":5,"admin_delete_enabled":true,"public_metadata":{},"created_at":1772352008000,"updated_at":1772352008000},"public_user_data":{"user_id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","first_name":"Ada","last_name":"Lövelace","profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHSHJ4TFdWMU9YNFBaYVN5SE5NYzExOSIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"identifier":"ada@example.com","username":"Ada_L","banned":false,"deprovisioned":false},"created_at":1772352008000,"updated_at":1772352008000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352008000,"type":"organizationMembership.created"}',1772352008000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGjk13IbYPes0UdqgDfDJrLm','organization.created','{"data":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Nobody","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJOIn0","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,"public_metadata":{},"private_metadata":{},"created_at":1772352009000,"updated_at":1772352009000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352009000,"type":"organization.created"}',1772352009000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrGv1aVKFfkwOW7Bk65GDtrvA','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrGv1aVKFfjfdAZCJtPMHT0Ss","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdjNDlacUdnejFieGJOTXpQNFJoM2RQIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":2,"pending_invitations_count":0,"max_allowed_memberships":5,"admin_delete_enabled":true,"public_metadata":{},"created_at":1772352008000,"updated_at":1772352008000},"public_user_data":{"user_id":"user_3AKrGMVkvnnZRSZHlkwKrvHnWTa","first_name":"Zoë 😀","last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHTVZrdm5uWlJTWkhsa3dLcnZIbldUYSIsImluaXRpYWxzIjoiWiJ9","has_image":false,"identifier":"+15555550101","username":null,"banned":true,"deprovisioned":false},"created_at":1772352010000,"updated_at":1772352010000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352010000,"type":"organizationMembership.created"}',1772352010000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrH2yXzkNqWAuJEqihBgHbnhw','organizationMembership.created','{"data":{"object":"organization_membership","id":"orgmem_3AKrH2yXzkNqUjC2aFQ6WUvXkEQ","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdjNDlacUdnejFieGJOTXpQNFJoM2RQIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":3,"pending_invitations_count":0,"max_allowed_memberships":5,"admin_delete_enabled":true,"public_metadata":{},"created_at":1772352008000,"updated_at":1772352008000},"public_user_data":{"user_id":"user_3AKrGUAYrkcUzQztyLEaTZUIadn","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHVUFZcmtjVXpRenR5TEVhVFpVSWFkbiJ9","has_image":false,"identifier":"gone@example.com","username":null,"banned":false,"deprovisioned":false},"created_at":1772352011000,"updated_at":1772352011000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352011000,"type":"organizationMembership.created"}',1772352011000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrH7dLxVkMevDTg8EFsntHylw','session.created','{"data":{"object":"session","id":"sess_3AKrH7dLxVkMePXsmJxU3tCymya","user_id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","client_id":"client_3AKrH7dLxVkMeVZmtFt4lJwQxDF","actor":null,"status":"active","last_active_organization_id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","last_active_at":1772352012000,"expire_at":1772956812000,"abandon_at":1774944012000,"created_at":1772352012000,"updated_at":1772352012000,"user":{"object":"user","id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","primary_phone_number_id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","primary_web3_wallet_id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHSHJ4TFdWMU9YNFBaYVN5SE5NYzExOSIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGHrxLWV1Qvqc0tLZ3tLGG9W","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352012000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352012000,"type":"session.created"}',1772352012000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHEtzhSKwSXv3scCDJAKIIJ5','session.created','{"data":{"object":"session","id":"sess_3AKrHEtzhSKwQCrwww0oAjpqbEc","user_id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","client_id":"client_3AKrHEtzhSKwRD79vi00ZiWDOD7","actor":null,"status":"active","last_active_organization_id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","last_active_at":1772352013000,"expire_at":1772956813000,"abandon_at":1774944013000,"created_at":1772352013000,"updated_at":1772352013000,"user":{"object":"user","id":"user_3AKrGHrxLWV1OX4PZaSyHNMc119","external_id":"ext ''one''","primary_email_address_id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","primary_phone_number_id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","primary_web3_wallet_id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","username":"Ada_L","first_name":"Ada","last_name":"Lövelace","locale":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHSHJ4TFdWMU9YNFBaYVN5SE5NYzExOSIsImluaXRpYWxzIjoiQUwifQ","has_image":false,"public_metadata":{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"},"private_metadata":{},"unsafe_metadata":{},"email_addresses":[{"object":"email_address","id":"idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI","email_address":"ada@example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000},{"object":"email_address","id":"idn_3AKrGHrxLWV1Qvqc0tLZ3tLGG9W","email_address":"ada@old.example.com","reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"created_at":1772352005000,"updated_at":1772352005000}],"phone_numbers":[{"object":"phone_number","id":"idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb","phone_number":"+15555550100","reserved_for_second_factor":false,"default_second_factor":false,"reserved":false,"verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"linked_to":[],"backup_codes":null,"created_at":1772352005000,"updated_at":1772352005000}],"web3_wallets":[{"object":"web3_wallet","id":"idn_3AKrGHrxLWV1ST6ih2ic7FSWszi","web3_wallet":"0x52908400098527886E0F7030069857D2E4169EE7","verification":{"object":"verification_admin","status":"verified","strategy":"admin","attempts":null,"expire_at":null},"created_at":1772352005000,"updated_at":1772352005000}],"passkeys":[],"password_enabled":true,"two_factor_enabled":false,"totp_enabled":false,"backup_code_enabled":false,"mfa_enabled_at":null,"mfa_disabled_at":null,"password_last_updated_at":1772352005000,"external_accounts":[],"saml_accounts":[],"enterprise_accounts":[],"last_sign_in_at":1772352013000,"banned":false,"locked":false,"deprovisioned":false,"lockout_expires_in_seconds":null,"verification_attempts_remaining":100,"updated_at":1772352005000,"created_at":1772352005000,"delete_self_enabled":true,"create_organization_enabled":true,"create_organizations_limit":null,"last_active_at":1772323200000,"legal_accepted_at":null,"bypass_client_trust":false}},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352013000,"type":"session.created"}',1772352013000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHNdQ2T1bubWUDpy7jEiUIRv','organizationMembership.deleted','{"data":{"object":"organization_membership","id":"orgmem_3AKrH2yXzkNqUjC2aFQ6WUvXkEQ","role":"org:member","role_name":"Member","permissions":["org:sys_memberships:read","org:sys_billing:read"],"public_metadata":{"title":"é"},"organization":{"object":"organization","id":"org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP","name":"Straße & Söhne","slug":"stra-e-s-hne","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdjNDlacUdnejFieGJOTXpQNFJoM2RQIiwiaW5pdGlhbHMiOiJTIn0","has_image":false,"members_count":2,"pending_invitations_count":0,"max_allowed_memberships":5,"admin_delete_enabled":true,"public_metadata":{},"created_at":1772352008000,"updated_at":1772352008000},"public_user_data":{"user_id":"user_3AKrGUAYrkcUzQztyLEaTZUIadn","first_name":null,"last_name":null,"profile_image_url":"https://www.gravatar.com/avatar?d=mp","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJ1c2VyXzNBS3JHVUFZcmtjVXpRenR5TEVhVFpVSWFkbiJ9","has_image":false,"identifier":"gone@example.com","username":null,"banned":false,"deprovisioned":false},"created_at":1772352011000,"updated_at":1772352011000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352014000,"type":"organizationMembership.deleted"}',1772352014000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHNdQ2T1butvQghGwMSXPex1','user.deleted','{"data":{"object":"user","id":"user_3AKrGUAYrkcUzQztyLEaTZUIadn","deleted":true},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352014000,"type":"user.deleted"}',1772352014000);
insert into outbox values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','evt_3AKrHWvU2qgzXpWoJzKliHE8jX4','organization.updated','{"data":{"object":"organization","id":"org_3AKrGjk13IbYOgqv5jcPzlVzgtZ","name":"Nobody here","slug":"nobody","image_url":"https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18zQUtyRmt4cklYZEd3YjEweDdtVzlsS09QbmIiLCJyaWQiOiJvcmdfM0FLckdqazEzSWJZT2dxdjVqY1B6bFZ6Z3RaIiwiaW5pdGlhbHMiOiJOIn0","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,"public_metadata":{},"private_metadata":{},"created_at":1772352009000,"updated_at":1772352015000},"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"test"}},"instance_id":"ins_3AKrFkxrIXdGwb10x7mW9lKOPnb","object":"event","timestamp":1772352015000,"type":"organization.updated"}',1772352015000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoI1s78LkSKVtihB','org:sys_profile:manage','Manage organization','Change the organization''s name, logo and settings.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgoMsiRHj87yvw82R','org:sys_profile:delete','Delete organization','Delete the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgpvBjyNmHkvbtoSA','org:sys_memberships:read','Read members','See who belongs to the organization.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgq2LfuArq9vDf5LF','org:sys_memberships:manage','Manage members','Add, change, invite and remove members.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrUOdDAC92lhOe6Z','org:sys_domains:read','Read domains','See the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgrqNSjurctIOZr5Z','org:sys_domains:manage','Manage domains','Add, change and remove the organization''s domains.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsYCYJSDXbvLAbz1','org:sys_billing:read','Read billing','See plans, statements and payments.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgsnXhhcTLBfVPmDb','org:sys_billing:manage','Manage billing','Change plans and payment sources.','system',1772352002000,1772352002000);
insert into permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','perm_3AKrFuTXBajgtANasN71VDhNXdA','org:sys_entconns:manage','Manage enterprise connections','Add, change and remove enterprise connections.','system',1772352002000,1772352002000);
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',0,'perm_3AKrFuTXBajgoI1s78LkSKVtihB');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',1,'perm_3AKrFuTXBajgoMsiRHj87yvw82R');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',2,'perm_3AKrFuTXBajgpvBjyNmHkvbtoSA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',3,'perm_3AKrFuTXBajgq2LfuArq9vDf5LF');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',4,'perm_3AKrFuTXBajgrUOdDAC92lhOe6Z');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',5,'perm_3AKrFuTXBajgrqNSjurctIOZr5Z');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',6,'perm_3AKrFuTXBajgsYCYJSDXbvLAbz1');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',7,'perm_3AKrFuTXBajgsnXhhcTLBfVPmDb');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr',8,'perm_3AKrFuTXBajgtANasN71VDhNXdA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',0,'perm_3AKrFuTXBajgpvBjyNmHkvbtoSA');
insert into role_permissions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv',1,'perm_3AKrFuTXBajgsYCYJSDXbvLAbz1');
insert into roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgthDD9fX13ezLqFr','org:admin','Admin','May do everything in the organization.',1,1772352002000,1772352002000);
insert into roles values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','role_3AKrFuTXBajgv5YqRWGAqPtOvtv','org:member','Member','May see the organization''s members.',0,1772352002000,1772352002000);
insert into secret_keys values ('9948319d84c9d9acf9cc6735e4536a0d7f83501eaf7a881d6d584be23cb920a3','key_3AKrG2Gxf5oeZE4JucyV1MB7ptm','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','old','sk_test_…XS3q',1772352003000,1772352004000);
insert into secret_keys values ('c6136bc6389539ec43b80f5a54e352f65928ea307c8a1ee5fc3a6c228082472e','key_3AKrFuTXBajgvwlNbOmO2O5TEVD','ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','default','sk_test_…ored',1772352002000,NULL);
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrH7dLxVkMePXsmJxU3tCymya','user_3AKrGHrxLWV1OX4PZaSyHNMc119','client_3AKrH7dLxVkMeVZmtFt4lJwQxDF','active','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',1772352012000,1772956812000,1774944012000,1772352012000,1772352012000);
insert into sessions values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','sess_3AKrHEtzhSKwQCrwww0oAjpqbEc','user_3AKrGHrxLWV1OX4PZaSyHNMc119','client_3AKrHEtzhSKwRD79vi00ZiWDOD7','active','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',1772352013000,1772956813000,1774944013000,1772352013000,1772352013000);
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','orgmem_3AKrH2yXzkNqUjC2aFQ6WUvXkEQ','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',1772352011000,NULL,NULL,NULL,'gone@example.com',NULL,1772352014000,'user_3AKrGUAYrkcUzQztyLEaTZUIadn');
insert into tombstones values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGUAYrkcUzQztyLEaTZUIadn',NULL,1772352007000,NULL,NULL,NULL,NULL,NULL,1772352014000,NULL);
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@example.com','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','email_address','ada@old.example.com','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','external_id','ext ''one''','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550100','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','phone_number','+15555550101','user_3AKrGMVkvnnZRSZHlkwKrvHnWTa');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','nobody','org_3AKrGjk13IbYOgqv5jcPzlVzgtZ');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','slug','stra-e-s-hne','org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','username','ada_l','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into unique_values values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','web3_wallet','0x52908400098527886E0F7030069857D2E4169EE7','user_3AKrGHrxLWV1OX4PZaSyHNMc119');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGHrxLWV1OX4PZaSyHNMc119','ext ''one''','Ada_L','Ada','Lövelace',NULL,'idn_3AKrGHrxLWV1PQ6mxI0eGXgTKDI','idn_3AKrGHrxLWV1SBnF3zkEr2LHgUb','idn_3AKrGHrxLWV1ST6ih2ic7FSWszi','ada@example.com','+15555550100','0x52908400098527886E0F7030069857D2E4169EE7','$argon2id$v=19$m=19456,t=2,p=1$+zXKP1UCSmLxXYETfegTSA$RjMJlicUWjmJihHRLlGec+IOVYx7+ozKWsx+gjtPCz0',1772352005000,'{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"}','{}','{}',0,0,1,1,NULL,0,NULL,1772352013000,1772352013000,'org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',1772352005000,1772352005000,'ada@example.comada@old.example.com','+15555550100','ada_l','ada lövelace','ada@example.comada@old.example.com+15555550100ada_l0x52908400098527886e0f7030069857d2e4169ee7user_3akrghrxlwv1ox4pzasyhnmc119ada lövelace');
insert into users values ('ins_3AKrFkxrIXdGwb10x7mW9lKOPnb','user_3AKrGMVkvnnZRSZHlkwKrvHnWTa',NULL,NULL,'Zoë 😀',NULL,NULL,NULL,'idn_3AKrGMVkvnnZSyr5O6Hbya4rvAL',NULL,NULL,'+15555550101',NULL,NULL,NULL,'{}','{}','{}',1,0,1,1,NULL,0,NULL,NULL,NULL,'org_3AKrGc49ZqGgz1bxbNMzP4Rh3dP',1772352006000,1772352006000,'','+15555550101','','zoë 😀','+15555550101user_3akrgmvkvnnzrszhlkwkrvhnwtazoë 😀');
