// Turns calls of the scenario, one JSON line each on standard input, into calls
// of @clerk/backend, and writes what the SDK decoded, under the wire's names.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';

const clerk = createClerkClient({
  secretKey: process.env.CLERK_SECRET_KEY,
  apiUrl: process.env.CLERK_API_URL,
  telemetry: { disabled: true },
});

const { organizations, sessions, users } = clerk;

// call: [the SDK's function as its users know it, how to call it]
const calls = {
  'users.create': ['users.createUser', a => users.createUser(a)],
  'users.list': ['users.getUserList', a => users.getUserList(a)],
  'users.count': ['users.getCount', async a => ({ object: 'total_count', total_count: await users.getCount(a) })],
  'users.get': ['users.getUser', a => users.getUser(a.userId)],
  'users.update': ['users.updateUser', ({ userId, ...a }) => users.updateUser(userId, a)],
  'users.delete': ['users.deleteUser', a => users.deleteUser(a.userId)],
  'users.merge_metadata': ['users.updateUserMetadata', ({ userId, ...a }) => users.updateUserMetadata(userId, a)],
  'users.replace_metadata': ['users.replaceUserMetadata', ({ userId, ...a }) => users.replaceUserMetadata(userId, a)],
  'users.ban': ['users.banUser', a => users.banUser(a.userId)],
  'users.unban': ['users.unbanUser', a => users.unbanUser(a.userId)],
  'users.memberships': ['users.getOrganizationMembershipList', a => users.getOrganizationMembershipList(a)],
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
  'sessions.create': ['sessions.createSession', a => sessions.createSession(a)],
  'sessions.list': ['sessions.getSessionList', a => sessions.getSessionList(a)],
  'sessions.get': ['sessions.getSession', a => sessions.getSession(a.sessionId)],
  'sessions.revoke': ['sessions.revokeSession', a => sessions.revokeSession(a.sessionId)],
};

// Arguments that are no function's parameter even where JavaScript lets them pass.
const notOffered = {
  'organizations.get': ['include_missing_member_with_elevated_permissions'],
};

const camel = name => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase());
const snake = name => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);

// renamed changes the names of an object's members, at the top level only.
const renamed = (object, rename) => Object.fromEntries(Object.entries(object).map(([k, v]) => [rename(k), v]));

// wire gives a decoded resource its wire names back. Metadata stays as it is.
function wire(value) {
  if (Array.isArray(value)) {
    return value.map(wire);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const out = {};
  for (const [name, v] of Object.entries(value)) {
    if (name !== '_raw' && v !== undefined) {
      out[snake(name)] = name.endsWith('Metadata') ? v : wire(v);
    }
  }
  return out;
}

function apiError(e) {
  return {
    type: e.constructor.name,
    status: e.status,
    trace_id: e.clerkTraceId,
    errors: e.errors.map(({ code, message, longMessage, meta }) => ({
      code,
      message,
      long_message: longMessage,
      meta: renamed(meta ?? {}, snake),
    })),
  };
}

async function answer({ call, args }) {
  const missing = (notOffered[call] ?? []).find(name => name in args);
  if (missing) {
    return { unsupported: `no parameter ${missing}` };
  }
  try {
    return { result: wire(await calls[call][1](renamed(args, camel))) };
  } catch (e) {
    return isClerkAPIResponseError(e) ? { error: apiError(e) } : { crash: String(e?.stack ?? e).split('\n').slice(0, 2).join(' ') };
  }
}

const print = line => process.stdout.write(`${JSON.stringify(line)}\n`);

print({
  sdk: '@clerk/backend',
  version: JSON.parse(readFileSync(new URL('./node_modules/@clerk/backend/package.json', import.meta.url))).version,
  calls: Object.fromEntries(Object.entries(calls).map(([call, [name]]) => [call, name])),
  errors: ['ClerkAPIResponseError'],
  // What the SDK's classes leave out of the answer.
  lacks: [
    'object', 'role_name', 'profile_image_url', 'public_user_data.username', 'public_user_data.banned', 'public_user_data.deprovisioned',
    'missing_member_with_elevated_permissions', 'passkeys', 'saml_accounts', 'password_last_updated_at',
    'users.delete:external_id', 'email_addresses.reserved',
  ],
});
for await (const line of createInterface({ input: process.stdin })) {
  print(await answer(JSON.parse(line)));
}
