// Organizations, their members, invitations and domains.
import { image } from './images.mjs';
import { camel, renamed } from './names.mjs';

export const organizationCalls = ({ organizations }) => ({
  'organizations.create': ['organizations.createOrganization', a => organizations.createOrganization(a)],
  'organizations.list': ['organizations.getOrganizationList', a => organizations.getOrganizationList(a)],
  'organizations.get': ['organizations.getOrganization', a => organizations.getOrganization(a)],
  'organizations.update': [
    'organizations.updateOrganization',
    ({ organizationId, ...a }) => organizations.updateOrganization(organizationId, a),
  ],
  'organizations.delete': ['organizations.deleteOrganization', a => organizations.deleteOrganization(a.organizationId)],
  'organizations.merge_metadata': [
    'organizations.updateOrganizationMetadata',
    ({ organizationId, ...a }) => organizations.updateOrganizationMetadata(organizationId, a),
  ],
  'organizations.replace_metadata': [
    'organizations.replaceOrganizationMetadata',
    ({ organizationId, ...a }) => organizations.replaceOrganizationMetadata(organizationId, a),
  ],
  'organizations.set_logo': [
    'organizations.updateOrganizationLogo',
    ({ organizationId, file, ...a }) => organizations.updateOrganizationLogo(organizationId, { ...a, file: image(file) }),
  ],
  'organizations.delete_logo': [
    'organizations.deleteOrganizationLogo',
    a => organizations.deleteOrganizationLogo(a.organizationId),
  ],
  'memberships.create': [
    'organizations.createOrganizationMembership',
    a => organizations.createOrganizationMembership(a),
  ],
  'memberships.list': [
    'organizations.getOrganizationMembershipList',
    a => organizations.getOrganizationMembershipList(a),
  ],
  'memberships.list_instance': [
    'organizations.getInstanceOrganizationMembershipList',
    a => organizations.getInstanceOrganizationMembershipList(a),
  ],
  'memberships.update': [
    'organizations.updateOrganizationMembership',
    a => organizations.updateOrganizationMembership(a),
  ],
  'memberships.merge_metadata': [
    'organizations.updateOrganizationMembershipMetadata',
    a => organizations.updateOrganizationMembershipMetadata(a),
  ],
  'memberships.delete': [
    'organizations.deleteOrganizationMembership',
    a => organizations.deleteOrganizationMembership(a),
  ],
  'invitations.create': [
    'organizations.createOrganizationInvitation',
    a => organizations.createOrganizationInvitation(a),
  ],
  'invitations.bulk': [
    'organizations.createOrganizationInvitationBulk',
    a => organizations.createOrganizationInvitationBulk(a.organizationId, a.invitations.map(one => renamed(one, camel))),
  ],
  'invitations.list': [
    'organizations.getOrganizationInvitationList',
    ({ status, ...a }) => organizations.getOrganizationInvitationList(status ? { ...a, status: [status] } : a),
  ],
  'invitations.get': ['organizations.getOrganizationInvitation', a => organizations.getOrganizationInvitation(a)],
  'invitations.revoke': ['organizations.revokeOrganizationInvitation', a => organizations.revokeOrganizationInvitation(a)],
  'domains.create': ['organizations.createOrganizationDomain', a => organizations.createOrganizationDomain(a)],
  'domains.list': ['organizations.getOrganizationDomainList', a => organizations.getOrganizationDomainList(a)],
  'domains.update': ['organizations.updateOrganizationDomain', a => organizations.updateOrganizationDomain(a)],
  'domains.delete': ['organizations.deleteOrganizationDomain', a => organizations.deleteOrganizationDomain(a)],
});
