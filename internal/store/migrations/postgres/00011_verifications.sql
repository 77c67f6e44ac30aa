-- +goose Up
-- Codes that were sent to addresses, to prove whose those are. The database has
-- neither a verification's id nor its code: it is found by a hash of its id, and the
-- code is hashed with the id as the key.
create table verifications (
	instance_id text collate "C" not null,
	id_digest text collate "C" not null,
	user_id text collate "C" not null,
	identification_id text collate "C" not null,
	strategy text collate "C" not null,
	code_digest text collate "C" not null,
	status text collate "C" not null,
	attempts bigint not null,
	expires_at bigint not null,
	created_at bigint not null,
	primary key (instance_id, id_digest)
);

create index verifications_by_address on verifications (instance_id, user_id, identification_id, expires_at);
create index verifications_by_expires_at on verifications (expires_at);

-- What a code has verified shows how.
alter table identifications add column verification_attempts bigint;
alter table identifications add column verification_expires_at bigint;

-- A mail may be a text message, and be of no use after a time.
alter table mails add column channel text collate "C" not null default 'email';
alter table mails add column verification text collate "C";
alter table mails add column expires_at bigint;

create index mails_by_verification on mails (instance_id, verification)
	where verification is not null;
create index mails_by_expires_at on mails (expires_at)
	where expires_at is not null;

-- Whether addresses made for tests take a code that everybody knows.
alter table instances add column test_mode boolean not null default false;
update instances set test_mode = true where environment_type = 'development';
