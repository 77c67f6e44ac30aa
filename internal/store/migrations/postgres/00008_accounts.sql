-- +goose Up
-- How a user proves to be the one: a password whose hash was made elsewhere, a
-- shared secret with the last step of time it was used in, and codes for once.
alter table users add column password_hasher text collate "C";
alter table users add column password_compromised boolean not null default false;
alter table users add column totp_secret text collate "C";
alter table users add column totp_step bigint;
alter table users add column backup_codes text collate "C";
alter table users add column mfa_enabled_at bigint;
alter table users add column mfa_disabled_at bigint;

-- When a lock ends; one without an end lasts until it is lifted.
alter table users add column lockout_expires_at bigint;

-- Images of users and organizations, cut into chunks. Whoever knows the id may see
-- the image.
create table images (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	owner_id text collate "C" not null,
	content_type text collate "C" not null,
	size bigint not null,
	digest text collate "C" not null,
	uploaded_by text collate "C",
	created_at bigint not null,
	primary key (instance_id, id)
);

create index images_by_owner on images (instance_id, owner_id);

create table image_chunks (
	instance_id text collate "C" not null,
	image_id text collate "C" not null,
	position bigint not null,
	data bytea not null,
	primary key (instance_id, image_id, position)
);

alter table users add column image_id text collate "C";
alter table organizations add column image_id text collate "C";
alter table memberships add column image_id text collate "C";
