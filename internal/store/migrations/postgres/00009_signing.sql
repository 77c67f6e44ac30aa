-- +goose Up
-- What signs the tokens of sessions. A key that was replaced stays until nothing it
-- signed is valid any more, which is at covers_until.
create table signing_keys (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	private_key text collate "C" not null,
	created_at bigint not null,
	retired_at bigint,
	covers_until bigint not null,
	primary key (instance_id, id)
);

create index signing_keys_by_end on signing_keys (covers_until)
	where retired_at is not null;

create table jwt_templates (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	name text collate "C" not null,
	claims text collate "C" not null,
	lifetime bigint not null,
	allowed_clock_skew bigint not null,
	signing_algorithm text collate "C" not null,
	signing_key text collate "C",
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id),
	unique (instance_id, name)
);
