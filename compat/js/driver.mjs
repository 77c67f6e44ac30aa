// Turns calls of the scenario, one JSON line each on standard input, into calls
// of @clerk/backend, and writes what the SDK decoded, under the wire's names.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';

import { callsOf, leftOut, notOffered } from './calls.mjs';
import { camel, renamed, snake } from './names.mjs';

const clerk = createClerkClient({
  secretKey: process.env.CLERK_SECRET_KEY,
  apiUrl: process.env.CLERK_API_URL,
  telemetry: { disabled: true },
});

const calls = callsOf(clerk);

// classes are the members of the client that have functions.
const classes = () => Object.keys(clerk).filter(name => typeof clerk[name] === 'object');

// offers are the functions of every class that a call is made on.
function offers() {
  const called = new Set(Object.values(calls).map(([name]) => name.split('.')[0]));
  const names = [...called].flatMap(one => Object.getOwnPropertyNames(Object.getPrototypeOf(clerk[one])).map(f => `${one}.${f}`));
  return names.filter(name => !name.endsWith('.constructor'));
}

// wire gives a decoded resource its wire names back. Metadata and claims stay as
// they are.
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
      out[snake(name)] = name.endsWith('Metadata') || name === 'claims' ? v : wire(v);
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
  classes: classes(),
  offers: offers(),
  left_out: leftOut,
  errors: ['ClerkAPIResponseError'],
  // What the SDK's classes leave out of the answer.
  lacks: [
    'object', 'role_name', 'profile_image_url', 'public_user_data.username', 'public_user_data.banned', 'public_user_data.deprovisioned',
    'missing_member_with_elevated_permissions', 'passkeys', 'saml_accounts', 'password_last_updated_at',
    'users.delete:external_id', 'email_addresses.reserved', 'requires_password_reset', 'mfa_enabled_at', 'mfa_disabled_at', 'lockout_expires_in_seconds',
    'email_addresses.create:reserved', 'email_addresses.create:created_at', 'email_addresses.create:updated_at', 'users.replace_email_address:reserved',
    'phone_numbers.create:reserved', 'users.replace_phone_number:reserved', 'phone_numbers.create:created_at', 'phone_numbers.create:updated_at',
    'permissions.type', 'permissions.create:type', 'permissions.list:data.type', 'role_set_key',
    'initial_role_set_key', 'max_allowed_domains', 'max_role_sets_allowed', 'inviter_id', 'public_inviter_data',
  ],
});
for await (const line of createInterface({ input: process.stdin })) {
  print(await answer(JSON.parse(line)));
}
