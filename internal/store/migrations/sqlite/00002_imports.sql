-- +goose Up
-- How far the import of an instance has come; it outlives the import, so that
-- whoever did not hear of its end can ask again. lines is -1 while what an
-- unfinished one left is being removed.
create table imports (
	instance_id text not null primary key,
	lines integer not null,
	digest text not null,
	started_at integer not null,
	updated_at integer not null,
	finished_at integer
) strict;
