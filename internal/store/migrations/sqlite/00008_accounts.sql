-- +goose Up
-- How a user proves to be the one: a password whose hash was made elsewhere, a
-- shared secret with the last step of time it was used in, and codes for once.
alter table users add column password_hasher text;
alter table users add column password_compromised integer not null default 0;
alter table users add column totp_secret text;
alter table users add column totp_step integer;
alter table users add column backup_codes text;
alter table users add column mfa_enabled_at integer;
alter table users add column mfa_disabled_at integer;

-- When a lock ends; one without an end lasts until it is lifted.
alter table users add column lockout_expires_at integer;

-- Images of users and organizations, cut into chunks. Whoever knows the id may see
-- the image.
create table images (
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

create index images_by_owner on images (instance_id, owner_id);

create table image_chunks (
	instance_id text not null,
	image_id text not null,
	position integer not null,
	data blob not null,
	primary key (instance_id, image_id, position)
) strict;

alter table users add column image_id text;
alter table organizations add column image_id text;
alter table memberships add column image_id text;
