// Sessions, their tokens, and what signs those.
import { renamed, snake } from './names.mjs';

export const sessionCalls = ({ sessions, clients, jwtTemplates, jwks }) => ({
  'sessions.create': ['sessions.createSession', a => sessions.createSession(a)],
  'sessions.list': ['sessions.getSessionList', a => sessions.getSessionList(a)],
  'sessions.get': ['sessions.getSession', a => sessions.getSession(a.sessionId)],
  'sessions.revoke': ['sessions.revokeSession', a => sessions.revokeSession(a.sessionId)],
  'sessions.token': ['sessions.getToken', a => sessions.getToken(a.sessionId, undefined, a.expiresInSeconds)],
  'sessions.template_token': ['sessions.getToken', a => sessions.getToken(a.sessionId, a.templateName, a.expiresInSeconds)],
  'sessions.verify': ['sessions.verifySession', a => sessions.verifySession(a.sessionId, a.token)],
  // The SDK has the wire's names here.
  'sessions.refresh': ['sessions.refreshSession', ({ sessionId, ...a }) => sessions.refreshSession(sessionId, renamed(a, snake))],

  'clients.list': ['clients.getClientList', a => clients.getClientList(a)],
  'clients.get': ['clients.getClient', a => clients.getClient(a.clientId)],
  'clients.verify': ['clients.verifyClient', a => clients.verifyClient(a.token)],
  'clients.handshake_payload': ['clients.getHandshakePayload', a => clients.getHandshakePayload(a)],

  'jwt_templates.create': ['jwtTemplates.create', a => jwtTemplates.create(a)],
  'jwt_templates.list': ['jwtTemplates.list', a => jwtTemplates.list(a)],
  'jwt_templates.get': ['jwtTemplates.get', a => jwtTemplates.get(a.templateId)],
  'jwt_templates.update': ['jwtTemplates.update', a => jwtTemplates.update(a)],
  'jwt_templates.delete': ['jwtTemplates.delete', a => jwtTemplates.delete(a.templateId)],

  'jwks.get': ['jwks.getJwks', () => jwks.getJwks()],
});
