-- +goose Up
-- Who was asked to join an organization. The secret is the part of the ticket that
-- nobody can guess; it is kept as it is, for the link is shown as long as the
-- invitation is pending. One that is past expires_at counts as expired, whether its
-- status says so yet or not.
create table organization_invitations (
	instance_id text collate "C" not null,
	organization_id text collate "C" not null,
	id text collate "C" not null,
	email_address text collate "C" not null,
	role_id text collate "C" not null,
	inviter_id text collate "C",
	status text collate "C" not null,
	public_metadata text collate "C" not null,
	private_metadata text collate "C" not null,
	redirect_url text collate "C",
	secret text collate "C" not null,
	user_id text collate "C",
	expires_at bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, organization_id, id)
);

create unique index organization_invitations_by_id on organization_invitations (instance_id, id);
create unique index organization_invitations_pending on organization_invitations (instance_id, organization_id, email_address)
	where status = 'pending';
create index organization_invitations_of_organization_by_created_at on organization_invitations (instance_id, organization_id, created_at, id);
create index organization_invitations_of_organization_by_email_address on organization_invitations (instance_id, organization_id, email_address, id);
create index organization_invitations_by_created_at on organization_invitations (instance_id, created_at, id);
create index organization_invitations_by_email_address on organization_invitations (instance_id, email_address, id);
create index organization_invitations_by_user on organization_invitations (instance_id, user_id)
	where user_id is not null;
create index organization_invitations_by_inviter on organization_invitations (instance_id, inviter_id)
	where inviter_id is not null;

-- How many are outstanding, of an organization or of a role, and which fall due.
create index organization_invitations_pending_by_expires_at on organization_invitations (instance_id, organization_id, expires_at)
	where status = 'pending';
create index organization_invitations_pending_by_role on organization_invitations (instance_id, role_id, expires_at)
	where status = 'pending';
create index organization_invitations_to_expire on organization_invitations (expires_at)
	where status = 'pending';

-- What is to be sent, written with the change that causes it and removed once it is
-- sent. Whoever sends one puts due_at off first, so that nobody else does.
create table mails (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	invitation_id text collate "C",
	recipient text collate "C" not null,
	subject text collate "C" not null,
	text_body text collate "C" not null,
	html_body text collate "C" not null,
	attempts bigint not null,
	due_at bigint not null,
	created_at bigint not null,
	primary key (instance_id, id)
);

create index mails_by_due_at on mails (due_at);
create index mails_by_invitation on mails (instance_id, invitation_id)
	where invitation_id is not null;
