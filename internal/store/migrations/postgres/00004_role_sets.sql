-- +goose Up
-- The roles that members of an organization may have: those of its role set.
create table role_sets (
	instance_id text collate "C" not null,
	id text collate "C" not null,
	key text collate "C" not null,
	name text collate "C" not null,
	description text collate "C",
	default_role_id text collate "C" not null,
	creator_role_id text collate "C" not null,
	created_at bigint not null,
	updated_at bigint not null,
	primary key (instance_id, id),
	unique (instance_id, key)
);

create table role_set_roles (
	instance_id text collate "C" not null,
	role_set_id text collate "C" not null,
	position bigint not null,
	role_id text collate "C" not null,
	primary key (instance_id, role_set_id, role_id)
);

-- Until now an instance had its first roles only, and so one set of them. That of
-- an import which is not finished yet is found by its roles.
insert into role_sets (instance_id, id, key, name, default_role_id, creator_role_id, created_at, updated_at)
select r.instance_id, 'rset_' || substr(r.instance_id, 5), 'role_set:default', 'Default',
	coalesce((select m.id from roles m where m.instance_id = r.instance_id and m.key = 'org:member'), r.id), r.id, r.created_at, r.created_at
from roles r
left join instances i on i.id = r.instance_id
where r.id = i.creator_role_id
	or i.id is null and r.key = 'org:admin';

insert into role_set_roles (instance_id, role_set_id, position, role_id)
select r.instance_id, s.id, row_number() over (partition by r.instance_id order by r.created_at, r.id) - 1, r.id
from roles r
join role_sets s on s.instance_id = r.instance_id;

alter table organizations add column role_set_id text collate "C" not null default '';
update organizations set role_set_id = 'rset_' || substr(instance_id, 5);
create index organizations_by_role_set on organizations (instance_id, role_set_id);

-- Who has a role, in which organization: for one organization and for all.
create index memberships_by_role on memberships (instance_id, role_id, organization_id, created_at, id);
drop index memberships_of_organization_by_role;

-- The creator role and the role that domains give are those of the initial set.
alter table instances add column initial_role_set_id text collate "C" not null default '';
update instances set initial_role_set_id = 'rset_' || substr(id, 5);
alter table instances drop column creator_role_id;
alter table instances add column max_allowed_roles bigint not null default 10;
alter table instances add column max_role_sets_allowed bigint not null default 10;
alter table instances add column max_allowed_domains bigint not null default 10;
alter table instances add column domains_enabled boolean not null default true;
alter table instances add column domains_enrollment_modes text collate "C" not null
	default 'manual_invitation automatic_invitation automatic_suggestion';
alter table instances add column elevated_member_required boolean not null default false;
