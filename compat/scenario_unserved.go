package main

import "github.com/rosterhq/roster"

// meetUnserved makes the calls about users, organizations and the instance that the
// server does not serve. It has to say so in a form that every SDK can read.
func (s *session) meetUnserved() {
	ann, house := s.id("ann"), s.id("house")
	adjust := func(name, id string) args {
		return args{name: id, "amount": 500, "action": "increase", "idempotency_key": "once", "currency": "USD", "note": "sorry"}
	}
	for _, one := range []struct {
		call string
		args args
	}{
		{"users.oauth_tokens", args{"user_id": ann, "provider": "google"}},
		{"users.trusted_devices", args{"user_id": ann}},
		{"users.revoke_trusted_device", args{"user_id": ann, "trusted_device_id": "none"}},
		{"users.billing_subscription", args{"user_id": ann}},
		{"users.credit_balance", args{"user_id": ann}},
		{"users.adjust_credit_balance", adjust("user_id", ann)},
		{"organizations.billing_subscription", args{"organization_id": house}},
		{"organizations.credit_balance", args{"organization_id": house}},
		{"organizations.adjust_credit_balance", adjust("organization_id", house)},
		{"instance.update_auth_config", args{"restricted_to_allowlist": true, "from_email_address": "help", "progressive_sign_up": true, "test_mode": true}},
		{"instance.update_domain", args{"home_url": "https://app.example", "is_secondary": false}},
		{"instance.change_domain", args{"home_url": "https://app.example", "is_secondary": false}},
		{"instance.communication", args{}},
		{"instance.update_communication", args{"blocked_country_codes": []string{"AQ"}}},
		{"instance.protect", args{}},
		{"instance.update_protect", args{"rules_enabled": true, "specter_enabled": true}},
		{"instance.oauth_settings", args{}},
		{"instance.update_oauth_settings", args{"dynamic_oauth_client_registration": true, "oauth_jwt_access_tokens": true}},
		{"instance_domains.list", args{}},
		{"instance_domains.add", args{"name": "app.example", "proxy_url": "https://app.example/__clerk"}},
		{"instance_domains.update", args{"domain_id": "dmn_none", "name": "app.example", "is_secondary": false, "proxy_url": "https://app.example/__clerk"}},
		{"instance_domains.delete", args{"domain_id": "dmn_none"}},
		{"proxy_checks.create", args{"domain_id": "dmn_none", "proxy_url": "https://app.example/__clerk"}},
	} {
		s.call(one.call, "says that it is not served", one.args).fails(501, roster.CodeNotImplemented, "")
	}
	s.call("users.oauth_tokens", "says so of a page", args{"user_id": ann, "provider": "google", "limit": 1, "offset": 1, "paginated": true}).fails(501, roster.CodeNotImplemented, "")
	s.call("instance_domains.add", "says so of a satellite", args{"name": "app.example", "is_satellite": true}).fails(501, roster.CodeNotImplemented, "")
	s.call("instance.update_oauth_settings", "says so of newer settings", args{
		"default_scopes": []string{"email"}, "client_id_metadata_documents_advertised": true,
		"client_id_metadata_documents_block_implicitly_allowed_clients": true, "client_id_metadata_documents_only_allow_pre_registered_clients": true,
	}).fails(501, roster.CodeNotImplemented, "")
	// One SDK has a function of an operation that is gone, which makes no request.
	s.call("users.create_totp", "does nothing", args{"user_id": ann}).has(obj{"object": "totp"})
	// One SDK asks for this where no document has an operation.
	s.call("beta_features.change_domain", "is not there", args{"home_url": "https://app.example"}).fails(404, roster.CodeResourceNotFound, "")
}
