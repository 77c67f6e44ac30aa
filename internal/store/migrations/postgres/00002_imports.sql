-- +goose Up
-- How far the import of an instance has come; it outlives the import, so that
-- whoever did not hear of its end can ask again. lines is -1 while what an
-- unfinished one left is being removed.
create table imports (
	instance_id text collate "C" not null primary key,
	lines bigint not null,
	digest text collate "C" not null,
	started_at bigint not null,
	updated_at bigint not null,
	finished_at bigint
);
