package compat;

import com.clerk.backend_api.Clerk;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The SDK's functions by the scenario's names. Each gives the builder of a request. */
final class Calls {
  /** Classes of resources that Roster does not have. */
  static final List<String> LEFT_OUT = List.of(
      "actorTokens()", "adminPortalLinkTokens()", "agentTasks()", "apiKeys()", "billing()", "emailAndSmsTemplates()",
      "emailSMSTemplates()", "enterpriseConnections()", "invitations()", "m2m()", "machines()", "miscellaneous()",
      "oauthAccessTokens()", "oauthApplications()", "redirectUrls()", "samlConnections()", "signInTokens()",
      "signUps()", "templates()", "testingTokens()", "waitlistEntries()", "webhooks()");

  private record Function(String name, Supplier<Object> builder) {}

  private final Map<String, Function> functions = new LinkedHashMap<>();

  private final Clerk clerk;

  Calls(Clerk clerk) {
    this.clerk = clerk;
    addUsers(clerk);
    addEmailAddresses(clerk);
    addPhoneNumbers(clerk);
    addOrganizations(clerk);
    addMemberships(clerk);
    addInvitations(clerk);
    addDomains(clerk);
    addPermissions(clerk);
    addRoles(clerk);
    addRoleSets(clerk);
    addSettings(clerk);
    addInstanceDomains(clerk);
    addLists(clerk);
    addSessions(clerk);
    addClients(clerk);
    addTemplates(clerk);
    addKeys(clerk);
  }

  private void addUsers(Clerk clerk) {
    var users = clerk.users();
    add("users.create", "users().create", users::create);
    add("users.list", "users().list", users::list);
    add("users.count", "users().count", users::count);
    add("users.get", "users().get", users::get);
    add("users.update", "users().update", users::update);
    add("users.delete", "users().delete", users::delete);
    add("users.merge_metadata", "users().updateMetadata", users::updateMetadata);
    add("users.replace_metadata", "users().replaceMetadata", users::replaceMetadata);
    add("users.ban", "users().ban", users::ban);
    add("users.unban", "users().unban", users::unban);
    add("users.ban_many", "users().bulkBan", users::bulkBan);
    add("users.unban_many", "users().bulkUnban", users::bulkUnban);
    add("users.lock", "users().lock", users::lock);
    add("users.unlock", "users().unlock", users::unlock);
    add("users.memberships", "users().getOrganizationMemberships", users::getOrganizationMemberships);
    add("users.invitations", "users().getOrganizationInvitations", users::getOrganizationInvitations);
    add("users.set_image", "users().setProfileImage", users::setProfileImage);
    add("users.delete_image", "users().deleteProfileImage", users::deleteProfileImage);
    add("users.set_compromised", "users().setPasswordCompromised", users::setPasswordCompromised);
    add("users.unset_compromised", "users().unsetPasswordCompromised", users::unsetPasswordCompromised);
    add("users.verify_password", "users().verifyPassword", users::verifyPassword);
    add("users.verify_totp", "users().verifyTotp", users::verifyTotp);
    add("users.oauth_tokens", "users().getOAuthAccessToken", users::getOAuthAccessToken);
    add("users.billing_subscription", "users().getBillingSubscription", users::getBillingSubscription);
    add("users.credit_balance", "users().getBillingCreditBalance", users::getBillingCreditBalance);
    add("users.adjust_credit_balance", "users().adjustBillingCreditBalance", users::adjustBillingCreditBalance);
    add("users.delete_mfa", "users().disableMfa", users::disableMfa);
    add("users.delete_totp", "users().deleteTOTP", users::deleteTOTP);
    add("users.delete_backup_codes", "users().deleteBackupCodes", users::deleteBackupCodes);
    add("users.delete_passkey", "users().deletePasskey", users::deletePasskey);
    add("users.delete_wallet", "users().deleteWeb3Wallet", users::deleteWeb3Wallet);
    add("users.delete_external_account", "users().deleteExternalAccount", users::deleteExternalAccount);
    add("memberships.list_instance", "users().getInstanceOrganizationMemberships", users::getInstanceOrganizationMemberships);
  }

  private void addEmailAddresses(Clerk clerk) {
    var emailAddresses = clerk.emailAddresses();
    add("email_addresses.create", "emailAddresses().create", emailAddresses::create);
    add("email_addresses.get", "emailAddresses().get", emailAddresses::get);
    add("email_addresses.update", "emailAddresses().update", emailAddresses::update);
    add("email_addresses.delete", "emailAddresses().delete", emailAddresses::delete);
    add("email_addresses.prepare_verification", "emailAddresses().prepareVerification", emailAddresses::prepareVerification);
    add("email_addresses.attempt_verification", "emailAddresses().attemptVerification", emailAddresses::attemptVerification);
    add("users.replace_email_address", "emailAddresses().replaceForUser", emailAddresses::replaceForUser);
  }

  private void addPhoneNumbers(Clerk clerk) {
    var phoneNumbers = clerk.phoneNumbers();
    add("phone_numbers.create", "phoneNumbers().create", phoneNumbers::create);
    add("phone_numbers.get", "phoneNumbers().get", phoneNumbers::get);
    add("phone_numbers.update", "phoneNumbers().update", phoneNumbers::update);
    add("phone_numbers.delete", "phoneNumbers().delete", phoneNumbers::delete);
    add("phone_numbers.prepare_verification", "phoneNumbers().prepareVerification", phoneNumbers::prepareVerification);
    add("phone_numbers.attempt_verification", "phoneNumbers().attemptVerification", phoneNumbers::attemptVerification);
    add("users.replace_phone_number", "phoneNumbers().replaceForUser", phoneNumbers::replaceForUser);
  }

  private void addOrganizations(Clerk clerk) {
    var organizations = clerk.organizations();
    add("organizations.create", "organizations().create", organizations::create);
    add("organizations.list", "organizations().list", organizations::list);
    add("organizations.get", "organizations().get", organizations::get);
    add("organizations.update", "organizations().update", organizations::update);
    add("organizations.delete", "organizations().delete", organizations::delete);
    add("organizations.merge_metadata", "organizations().mergeMetadata", organizations::mergeMetadata);
    add("organizations.replace_metadata", "organizations().replaceMetadata", organizations::replaceMetadata);
    add("organizations.set_logo", "organizations().uploadLogo", organizations::uploadLogo);
    add("organizations.delete_logo", "organizations().deleteLogo", organizations::deleteLogo);
    add("organizations.billing_subscription", "organizations().getBillingSubscription", organizations::getBillingSubscription);
    add("organizations.credit_balance", "organizations().getBillingCreditBalance", organizations::getBillingCreditBalance);
    add("organizations.adjust_credit_balance", "organizations().adjustBillingCreditBalance", organizations::adjustBillingCreditBalance);
  }

  private void addMemberships(Clerk clerk) {
    var organizationMemberships = clerk.organizationMemberships();
    add("memberships.create", "organizationMemberships().create", organizationMemberships::create);
    add("memberships.list", "organizationMemberships().list", organizationMemberships::list);
    add("memberships.update", "organizationMemberships().update", organizationMemberships::update);
    add("memberships.merge_metadata", "organizationMemberships().updateMetadata", organizationMemberships::updateMetadata);
    add("memberships.delete", "organizationMemberships().delete", organizationMemberships::delete);
  }

  private void addInvitations(Clerk clerk) {
    var organizationInvitations = clerk.organizationInvitations();
    add("invitations.create", "organizationInvitations().create", organizationInvitations::create);
    add("invitations.bulk", "organizationInvitations().bulkCreate", organizationInvitations::bulkCreate);
    add("invitations.list", "organizationInvitations().list", organizationInvitations::list);
    add("invitations.list_pending", "organizationInvitations().listPending", organizationInvitations::listPending);
    add("invitations.list_instance", "organizationInvitations().getAll", organizationInvitations::getAll);
    add("invitations.get", "organizationInvitations().get", organizationInvitations::get);
    add("invitations.revoke", "organizationInvitations().revoke", organizationInvitations::revoke);
  }

  private void addDomains(Clerk clerk) {
    var organizationDomains = clerk.organizationDomains();
    add("domains.create", "organizationDomains().create", organizationDomains::create);
    add("domains.list", "organizationDomains().list", organizationDomains::list);
    add("domains.list_instance", "organizationDomains().listAll", organizationDomains::listAll);
    add("domains.update", "organizationDomains().update", organizationDomains::update);
    add("domains.delete", "organizationDomains().delete", organizationDomains::delete);
    add("domains.verify_ownership", "organizationDomains().verifyOwnership", organizationDomains::verifyOwnership);
  }

  private void addPermissions(Clerk clerk) {
    var organizationPermissions = clerk.organizationPermissions();
    add("permissions.create", "organizationPermissions().create", organizationPermissions::create);
    add("permissions.list", "organizationPermissions().list", organizationPermissions::list);
    add("permissions.get", "organizationPermissions().get", organizationPermissions::get);
    add("permissions.update", "organizationPermissions().update", organizationPermissions::update);
    add("permissions.delete", "organizationPermissions().delete", organizationPermissions::delete);
  }

  private void addRoles(Clerk clerk) {
    var organizationRoles = clerk.organizationRoles();
    add("roles.create", "organizationRoles().create", organizationRoles::create);
    add("roles.list", "organizationRoles().list", organizationRoles::list);
    add("roles.get", "organizationRoles().get", organizationRoles::get);
    add("roles.update", "organizationRoles().update", organizationRoles::update);
    add("roles.delete", "organizationRoles().delete", organizationRoles::delete);
    add("roles.assign_permission", "organizationRoles().assignPermission", organizationRoles::assignPermission);
    add("roles.remove_permission", "organizationRoles().removePermission", organizationRoles::removePermission);
  }

  private void addRoleSets(Clerk clerk) {
    var roleSets = clerk.roleSets();
    add("role_sets.create", "roleSets().create", roleSets::create);
    add("role_sets.list", "roleSets().list", roleSets::list);
    add("role_sets.get", "roleSets().get", roleSets::get);
    add("role_sets.update", "roleSets().update", roleSets::update);
    add("role_sets.add_roles", "roleSets().addRoles", roleSets::addRoles);
    add("role_sets.replace_role", "roleSets().replaceRole", roleSets::replaceRole);
    add("role_sets.replace", "roleSets().replace", roleSets::replace);
  }

  private void addSettings(Clerk clerk) {
    var instanceSettings = clerk.instanceSettings();
    add("instance.get", "instanceSettings().get", instanceSettings::get);
    add("instance.update", "instanceSettings().update", instanceSettings::update);
    add("instance.update_restrictions", "instanceSettings().updateRestrictions", instanceSettings::updateRestrictions);
    add("settings.get", "instanceSettings().getOrganizationSettings", instanceSettings::getOrganizationSettings);
    add("settings.update", "instanceSettings().updateOrganizationSettings", instanceSettings::updateOrganizationSettings);
    add("instance.change_domain", "instanceSettings().changeDomain", instanceSettings::changeDomain);
    add("instance.communication", "instanceSettings().getCommunication", instanceSettings::getCommunication);
    add("instance.update_communication", "instanceSettings().updateCommunication", instanceSettings::updateCommunication);
    add("instance.protect", "instanceSettings().getInstanceProtect", instanceSettings::getInstanceProtect);
    add("instance.update_protect", "instanceSettings().updateInstanceProtect", instanceSettings::updateInstanceProtect);
    add("instance.oauth_settings", "instanceSettings().getOAuthApplicationSettings", instanceSettings::getOAuthApplicationSettings);
    add("instance.update_oauth_settings", "instanceSettings().updateOAuthApplicationSettings", instanceSettings::updateOAuthApplicationSettings);
    var betaFeatures = clerk.betaFeatures();
    add("instance.update_auth_config", "betaFeatures().updateInstanceSettings", betaFeatures::updateInstanceSettings);
    add("instance.update_domain", "betaFeatures().updateProductionInstanceDomain", betaFeatures::updateProductionInstanceDomain);
  }

  private void addInstanceDomains(Clerk clerk) {
    var domains = clerk.domains();
    add("instance_domains.list", "domains().list", domains::list);
    add("instance_domains.add", "domains().add", domains::add);
    add("instance_domains.update", "domains().update", domains::update);
    add("instance_domains.delete", "domains().delete", domains::delete);
    var proxyChecks = clerk.proxyChecks();
    add("proxy_checks.create", "proxyChecks().verify", proxyChecks::verify);
  }

  private void addSessions(Clerk clerk) {
    var sessions = clerk.sessions();
    add("sessions.create", "sessions().create", sessions::create);
    add("sessions.list", "sessions().list", sessions::list);
    add("sessions.get", "sessions().get", sessions::get);
    add("sessions.revoke", "sessions().revoke", sessions::revoke);
    add("sessions.refresh", "sessions().refresh", sessions::refresh);
    add("sessions.token", "sessions().createToken", sessions::createToken);
    add("sessions.template_token", "sessions().createTokenFromTemplate", sessions::createTokenFromTemplate);
  }

  private void addLists(Clerk clerk) {
    var allowlist = clerk.allowlistIdentifiers();
    add("allowlist.create", "allowlistIdentifiers().create", allowlist::create);
    add("allowlist.list", "allowlistIdentifiers().list", allowlist::list);
    add("allowlist.delete", "allowlistIdentifiers().delete", allowlist::delete);
    var blocklist = clerk.blocklistIdentifiers();
    add("blocklist.create", "blocklistIdentifiers().create", blocklist::create);
    add("blocklist.list", "blocklistIdentifiers().list", blocklist::list);
    add("blocklist.delete", "blocklistIdentifiers().delete", blocklist::delete);
  }

  private void addClients(Clerk clerk) {
    var clients = clerk.clients();
    add("clients.list", "clients().list", clients::list);
    add("clients.get", "clients().get", clients::get);
    add("clients.verify", "clients().verify", clients::verify);
  }

  private void addTemplates(Clerk clerk) {
    var jwtTemplates = clerk.jwtTemplates();
    add("jwt_templates.create", "jwtTemplates().create", jwtTemplates::create);
    add("jwt_templates.list", "jwtTemplates().list", jwtTemplates::list);
    add("jwt_templates.get", "jwtTemplates().get", jwtTemplates::get);
    add("jwt_templates.update", "jwtTemplates().update", jwtTemplates::update);
    add("jwt_templates.delete", "jwtTemplates().delete", jwtTemplates::delete);
  }

  private void addKeys(Clerk clerk) {
    var jwks = clerk.jwks();
    add("jwks.get", "jwks().getJWKS", jwks::getJWKS);
  }

  private void add(String call, String name, Supplier<Object> builder) {
    functions.put(call, new Function(name, builder));
  }

  Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    functions.forEach((call, function) -> names.put(call, function.name()));
    return names;
  }

  /** The classes of the client. */
  Set<String> classes() {
    var classes = new TreeSet<String>();
    for (Method m : Clerk.class.getMethods()) {
      if (!Modifier.isStatic(m.getModifiers()) && m.getReturnType().getPackage() == Clerk.class.getPackage()) {
        classes.add(m.getName() + "()");
      }
    }
    return classes;
  }

  /**
   * The functions of every class that a call is made on: what gives a builder. Beside
   * each there may be others that make the same call with fixed parameters.
   */
  List<String> offers() throws ReflectiveOperationException {
    var offers = new TreeSet<String>();
    for (String name : names().values()) {
      String group = name.substring(0, name.indexOf("()"));
      for (Method m : Clerk.class.getMethod(group).invoke(clerk).getClass().getMethods()) {
        if (m.getParameterCount() == 0 && m.getReturnType().getSimpleName().endsWith("RequestBuilder")) {
          offers.add(group + "()." + m.getName());
        }
      }
    }
    return List.copyOf(offers);
  }

  Map<String, Set<String>> parameters() throws ReflectiveOperationException {
    var parameters = new LinkedHashMap<String, Set<String>>();
    for (var call : functions.entrySet()) {
      parameters.put(call.getKey(), Binder.parameters(call.getValue().builder().get().getClass()));
    }
    return parameters;
  }

  /** Makes a call and gives what its response carries. */
  Object call(String call, ObjectNode args) throws Exception {
    if (call.equals("organizations.get") && args.has("slug")) {
      args.set("organization_id", args.remove("slug")); // one parameter takes both
    }
    Object builder = functions.get(call).builder().get();
    Binder.bind(builder, args);
    return Binder.content(Binder.invoke(builder, "call"));
  }
}
