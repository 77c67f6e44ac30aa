-- +goose Up
-- Codes that were sent to addresses, to prove whose those are. The database has
-- neither a verification's id nor its code: it is found by a hash of its id, and the
-- code is hashed with the id as the key.
create table verifications (
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

create index verifications_by_address on verifications (instance_id, user_id, identification_id, expires_at);
create index verifications_by_expires_at on verifications (expires_at);

-- What a code has verified shows how.
alter table identifications add column verification_attempts integer;
alter table identifications add column verification_expires_at integer;

-- A mail may be a text message, and be of no use after a time.
alter table mails add column channel text not null default 'email';
alter table mails add column verification text;
alter table mails add column expires_at integer;

create index mails_by_verification on mails (instance_id, verification)
	where verification is not null;
create index mails_by_expires_at on mails (expires_at)
	where expires_at is not null;

-- Whether addresses made for tests take a code that everybody knows.
alter table instances add column test_mode integer not null default 0;
update instances set test_mode = 1 where environment_type = 'development';
