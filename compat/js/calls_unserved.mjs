// What the server says it does not serve, beside users.oauth_tokens.
import { renamed, snake } from './names.mjs';

export const unservedCalls = ({ betaFeatures, billing, domains, proxyChecks }) => ({
  'users.billing_subscription': ['billing.getUserBillingSubscription', a => billing.getUserBillingSubscription(a.userId)],
  'organizations.billing_subscription': [
    'billing.getOrganizationBillingSubscription',
    a => billing.getOrganizationBillingSubscription(a.organizationId),
  ],
  'beta_features.change_domain': ['betaFeatures.changeDomain', a => betaFeatures.changeDomain(a)],
  // The SDK has the wire's names here.
  'instance_domains.list': ['domains.list', () => domains.list()],
  'instance_domains.add': ['domains.add', a => domains.add(renamed(a, snake))],
  'instance_domains.update': ['domains.update', ({ domainId, ...a }) => domains.update({ domainId, ...renamed(a, snake) })],
  'instance_domains.delete': ['domains.delete, domains.deleteDomain', a => domains.delete(a.domainId)],
  'proxy_checks.create': ['proxyChecks.verify', a => proxyChecks.verify(a)],
});
