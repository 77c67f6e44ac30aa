-- +goose Up
-- enrol_behind is the last user whom a change of the domain's way to enrol has
-- reached, null once it has reached everybody.
create table organization_domains (
	instance_id text not null,
	organization_id text not null,
	id text not null,
	name text not null,
	enrollment_mode text not null,
	verified integer not null,
	ownership_verified_at integer,
	enrol_behind text,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, organization_id, id)
) strict;

create unique index organization_domains_by_name on organization_domains (instance_id, organization_id, name);
create index organization_domains_by_created_at on organization_domains (instance_id, created_at, id);
create index organization_domains_of_organization_by_created_at on organization_domains (instance_id, organization_id, created_at, id);
create index organization_domains_to_enrol on organization_domains (updated_at)
	where enrol_behind is not null;

-- Users who were told of an organization because of their email address.
create table organization_suggestions (
	instance_id text not null,
	organization_id text not null,
	user_id text not null,
	id text not null,
	domain_id text not null,
	status text not null,
	created_at integer not null,
	updated_at integer not null,
	primary key (instance_id, organization_id, user_id)
) strict;

create index organization_suggestions_by_domain on organization_suggestions (instance_id, organization_id, domain_id, status);
create index organization_suggestions_by_user on organization_suggestions (instance_id, user_id);

-- Whose email address is of a domain.
create index identifications_by_email_domain on identifications (instance_id, substr(value, instr(value, '@') + 1), user_id)
	where kind = 'email_address';

-- The domain that invited, which nobody did in person.
alter table organization_invitations add column domain_id text;
create index organization_invitations_pending_by_domain on organization_invitations (instance_id, organization_id, domain_id, expires_at)
	where status = 'pending' and domain_id is not null;
