// The SDK's functions by the scenario's names.
import { accountCalls } from './calls_accounts.mjs';
import { organizationCalls } from './calls_organizations.mjs';
import { roleCalls } from './calls_roles.mjs';
import { sessionCalls } from './calls_sessions.mjs';
import { unservedCalls } from './calls_unserved.mjs';

// callsOf gives for each call: [the SDK's function as its users know it, how to call it]
export const callsOf = clerk => ({
  ...accountCalls(clerk),
  ...organizationCalls(clerk),
  ...roleCalls(clerk),
  ...sessionCalls(clerk),
  ...unservedCalls(clerk),
});

// Classes, and functions beside those above, of resources that Roster does not have.
// Telemetry asks another server.
export const leftOut = [
  '__experimental_accountlessApplications', 'actorTokens', 'agentTasks', 'apiKeys', 'emails', 'enterpriseConnections',
  'idPOAuthAccessToken', 'invitations', 'm2m', 'machines', 'oauthApplications', 'redirectUrls', 'samlConnections',
  'signInTokens', 'signUps', 'telemetry', 'testingTokens', 'waitlistEntries', 'webhooks',
  'billing.getPlanList', 'billing.cancelSubscriptionItem', 'billing.extendSubscriptionItemFreeTrial',
];

// Arguments that are no function's parameter even where JavaScript lets them pass. Kept
// by hand: the SDK has types for its parameters only.
export const notOffered = {
  'users.create': ['skip_user_requirement', 'bypass_client_trust'],
  'users.update': ['bypass_client_trust', 'profile_image'],
  'users.count': ['limit', 'offset', 'order_by'],
  'users.oauth_tokens': ['limit', 'offset', 'paginated'],
  'email_addresses.create': ['notify_primary_email_address_changed'],
  'email_addresses.update': ['notify_primary_email_address_changed'],
  'users.replace_email_address': ['notify_primary_email_address_changed'],
  'organizations.create': ['role_set_key', 'created_at'],
  'organizations.list': ['filter_by'],
  'organizations.update': ['role_set_key'],
  'organizations.get': ['include_missing_member_with_elevated_permissions'],
  'roles.create': ['is_managed'],
  'invitations.create': ['notify'],
  'invitations.list': ['email_address', 'order_by'],
  'domains.list': ['verified', 'enrollment_mode'],
  'instance.update': ['cookieless_dev'],
  'instance.update_restrictions': ['allowlist_blocklist_disabled_on_sign_in'],
  'settings.update': ['slug_disabled', 'force_organization_selection'],
  'allowlist.list': ['paginated'],
  'sessions.list': ['paginated'],
  'clients.list': ['paginated'],
  'jwt_templates.list': ['paginated'],
};
