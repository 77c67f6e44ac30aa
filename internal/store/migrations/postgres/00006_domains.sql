-- +goose Up
-- enrol_behind is the last user whom a change of the domain's way to enrol has
-- reached, null once it has reached everybody.
create table organization_domains (
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	id text collate "C" not null,
	name text collate "C" not null,
	enrollment_mode text collate "C" not null,
	verified boolean not null,
	ownership_verified_at bigint,
	enrol_behind text collate "C",
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, organization_id, id)
);

create unique index organization_domains_by_name on organization_domains (instance_id, organization_id, name);
create index organization_domains_by_created_at on organization_domains (instance_id, created_at, id);
create index organization_domains_of_organization_by_created_at on organization_domains (instance_id, organization_id, created_at, id);
create index organization_domains_to_enrol on organization_domains (updated_at)
	where enrol_behind is not null;

-- Users who were told of an organization because of their email address.
create table organization_suggestions (
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	user_id text collate "C" not null,
	id text collate "C" not null,
	domain_id text collate "C" not null,
	status text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, organization_id, user_id)
);

create index organization_suggestions_by_domain on organization_suggestions (instance_id, organization_id, domain_id, status);
create index organization_suggestions_by_user on organization_suggestions (instance_id, user_id);

-- Whose email address is of a domain.
create index identifications_by_email_domain on identifications (instance_id, substr(value, instr(value, '@') + 1), user_id)
	where kind = 'email_address';

-- The domain that invited, which nobody did in person.
alter table organization_invitations add column domain_id text collate "C";
create index organization_invitations_pending_by_domain on organization_invitations (instance_id, organization_id, domain_id, expires_at)
	where status = 'pending' and domain_id is not null;
