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
