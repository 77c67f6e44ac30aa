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

// A browser that comes back brings the cookies that an application set when it signed
// somebody in, named as docs/extensions.md says: for keys of any kind with a suffix made
// of the key, and for keys made of the issuer without one too.
const publishableKeys = {};
for (const kind of ['pk_test_', 'pk_live_']) {
  publishableKeys[`${kind} of another host`] = kind + Buffer.from('clerk.roster.example$').toString('base64');
  publishableKeys[`${kind} of the issuer`] = kind + Buffer.from(`${issuer}$`).toString('base64');
}
const suffixOf = key => createHash('sha1').update(key).digest('base64').replaceAll('+', '-').replaceAll('/', '_').slice(0, 8);
const issuedAt = jwt => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).iat;
const cookiesOf = (key, suffixed, { jwt, refresh_token }) => {
  const suffix = `_${suffixOf(key)}`;
  const name = plain => plain + (suffixed ? suffix : '');
  return {
    [name('__session')]: jwt,
    [`__refresh${suffix}`]: refresh_token,
    [name('__client_uat')]: issuedAt(jwt),
    ...(key.startsWith('pk_test_') ? { [name('__clerk_db_jwt')]: 'any' } : {}),
  };
};
const visit = async (publishableKey, origin, cookies) => {
  const headers = { cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ') };
  const client = createClerkClient({ secretKey, publishableKey, apiUrl, telemetry: { disabled: true } });
  const state = await client.authenticateRequest(new Request(`${origin}/reports`, { headers }));
  return { status: state.status, user: state.toAuth()?.userId, token: state.token, set: state.headers.getSetCookie() };
};
const comesBack = async (key, suffixed, browser) => {
  const cookies = cookiesOf(key, suffixed, browser);
  const first = await visit(key, browser.origin, cookies);
  const renewed = Object.fromEntries(first.set.map(line => line.split(';')[0].split(/=(.*)/s)));
  const again = await visit(key, browser.origin, { ...cookies, ...renewed });
  const lacking = {};
  for (const name of Object.keys(cookies)) {
    const { [name]: _, ...others } = cookies;
    lacking[name] = (await visit(key, browser.origin, others)).status;
  }
  return {
    status: first.status, user: first.user, another: !!first.token && first.token !== browser.jwt,
    keeps: again.status === 'signed-in' && again.set.length === 0,
    names: Object.keys(cookies), renewed: Object.keys(renewed), lacking,
  };
};
const browsersBack = async browser => {
  const out = {};
  for (const [name, key] of Object.entries(publishableKeys)) {
    out[`${name}, suffixed`] = await comesBack(key, true, browser);
    out[`${name}, plain`] = await comesBack(key, false, browser);
  }
  return out;
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
for (const [name, browser] of Object.entries(browsers)) out.browsers[name] = await browsersBack(browser);
for (const [name, token] of Object.entries(tokens)) {
  out.byNetwork[name] = await subject(token, { secretKey, apiUrl });
  out.byKey[name] = await subject(token, { jwtKey });
  out.requests[name] = await authenticated(token);
  out.app[name] = await asked(token);
}
server.close();
process.stdout.write(`${JSON.stringify(out)}\n`);
