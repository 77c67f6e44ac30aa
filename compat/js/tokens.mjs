// Shows session tokens to @clerk/backend and to an application that @clerk/express
// protects, and prints what came of it as one JSON object. The tokens come by
// standard input, by name, and beside them those of browsers whose session token has
// expired.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { createClerkClient, verifyToken } from '@clerk/backend';
import { clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';

const { tokens, jwtKey, browsers, issuer } = JSON.parse(await text(process.stdin));
const secretKey = process.env.CLERK_SECRET_KEY;
const apiUrl = process.env.CLERK_API_URL;
const publishableKey = `pk_test_${Buffer.from('clerk.roster.example$').toString('base64')}`;
const clerk = createClerkClient({ secretKey, publishableKey, apiUrl, telemetry: { disabled: true } });

const subject = async (token, options) => {
  try {
    return (await verifyToken(token, options)).sub;
  } catch (e) {
    return e.reason ?? String(e);
  }
};

const authenticated = async token => {
  const request = new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } });
  const auth = (await clerk.authenticateRequest(request)).toAuth();
  return auth?.userId
    ? { user: auth.userId, org: auth.orgId, slug: auth.orgSlug, role: auth.orgRole, permissions: auth.orgPermissions, reads: auth.has({ permission: 'org:reports:read' }) }
    : null;
};

// A browser that comes back has its tokens in cookies, that of the refresh token named
// after the publishable key.
const ownKey = `pk_test_${Buffer.from(`${issuer}$`).toString('base64')}`;
const suffix = createHash('sha1').update(ownKey).digest('base64').replaceAll('+', '-').replaceAll('/', '_').slice(0, 8);
const comesBack = async ({ jwt, refresh_token, origin }) => {
  const headers = { cookie: `__session=${jwt}; __client_uat=1; __clerk_db_jwt=x; __refresh_${suffix}=${refresh_token}` };
  const returning = createClerkClient({ secretKey, publishableKey: ownKey, apiUrl, telemetry: { disabled: true } });
  const state = await returning.authenticateRequest(new Request(`${origin}/reports`, { headers }));
  return { status: state.status, reason: state.reason, user: state.toAuth()?.userId, another: !!state.token && state.token !== jwt, cookies: state.headers.getSetCookie() };
};

const app = express();
app.use(clerkMiddleware({ clerkClient: clerk, secretKey, publishableKey, apiUrl }));
app.get('/reports', (req, res) => {
  const auth = getAuth(req);
  if (!auth.userId) return res.status(401).end();
  if (!auth.has({ permission: 'org:reports:read' })) return res.status(403).end();
  return res.json({ reportsOf: auth.orgId });
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const asked = async token => {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/reports`, { headers });
  return { status: answer.status, body: answer.ok ? await answer.json() : null };
};

const out = { app: { nobody: await asked() }, byNetwork: {}, byKey: {}, requests: {}, browsers: {} };
for (const [name, browser] of Object.entries(browsers)) out.browsers[name] = await comesBack(browser);
for (const [name, token] of Object.entries(tokens)) {
  out.byNetwork[name] = await subject(token, { secretKey, apiUrl });
  out.byKey[name] = await subject(token, { jwtKey });
  out.requests[name] = await authenticated(token);
  out.app[name] = await asked(token);
}
server.close();
process.stdout.write(`${JSON.stringify(out)}\n`);
