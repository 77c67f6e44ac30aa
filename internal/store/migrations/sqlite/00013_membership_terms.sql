-- +goose Up
-- A membership's public metadata, made findable: a digest of each value and the
-- keys that lead to it. Made of what is in memberships, here and by every change.
create table membership_terms (
	instance_id text not null,
	term text not null,
	organization_id text not null,
	user_id text not null,
	primary key (instance_id, term, organization_id, user_id)
) strict, without rowid;
