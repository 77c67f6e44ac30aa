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

// Functions beside those above that are about neither users nor organizations.
export const ofOtherResources = ['billing.getPlanList', 'billing.cancelSubscriptionItem', 'billing.extendSubscriptionItemFreeTrial'];

// Arguments that are no function's parameter even where JavaScript lets them pass.
export const notOffered = {
  'organizations.create': ['role_set_key'],
  'organizations.update': ['role_set_key'],
  'organizations.get': ['include_missing_member_with_elevated_permissions'],
  'invitations.create': ['notify'],
  'invitations.list': ['email_address', 'order_by'],
  'domains.list': ['verified', 'enrollment_mode'],
  'settings.update': ['slug_disabled'],
};
