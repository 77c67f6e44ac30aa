-- +goose Up
-- What signs the tokens of sessions. A key that was replaced stays until nothing it
-- signed is valid any more, which is at covers_until.
create table signing_keys (
	instance_id text not null,
	id text not null,
	private_key text not null,
	created_at integer not null,
	retired_at integer,
	covers_until integer not null,
	primary key (instance_id, id)
) strict;

create index signing_keys_by_end on signing_keys (covers_until)
	where retired_at is not null;

create table jwt_templates (
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
