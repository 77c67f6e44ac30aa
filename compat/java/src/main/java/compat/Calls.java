package compat;

import com.clerk.backend_api.Clerk;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The SDK's functions by the scenario's names. Each gives the builder of a request. */
final class Calls {
  private record Function(String name, Supplier<Object> builder) {}

  private final Map<String, Function> functions = new LinkedHashMap<>();

  Calls(Clerk clerk) {
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
    add("users.memberships", "users().getOrganizationMemberships", users::getOrganizationMemberships);
    add("memberships.list_instance", "users().getInstanceOrganizationMemberships", users::getInstanceOrganizationMemberships);

    var organizations = clerk.organizations();
    add("organizations.create", "organizations().create", organizations::create);
    add("organizations.list", "organizations().list", organizations::list);
    add("organizations.get", "organizations().get", organizations::get);
    add("organizations.update", "organizations().update", organizations::update);
    add("organizations.delete", "organizations().delete", organizations::delete);
    add("organizations.merge_metadata", "organizations().mergeMetadata", organizations::mergeMetadata);
    add("organizations.replace_metadata", "organizations().replaceMetadata", organizations::replaceMetadata);

    var memberships = clerk.organizationMemberships();
    add("memberships.create", "organizationMemberships().create", memberships::create);
    add("memberships.list", "organizationMemberships().list", memberships::list);
    add("memberships.update", "organizationMemberships().update", memberships::update);
    add("memberships.merge_metadata", "organizationMemberships().updateMetadata", memberships::updateMetadata);
    add("memberships.delete", "organizationMemberships().delete", memberships::delete);

    var sessions = clerk.sessions();
    add("sessions.create", "sessions().create", sessions::create);
    add("sessions.list", "sessions().list", sessions::list);
    add("sessions.get", "sessions().get", sessions::get);
    add("sessions.revoke", "sessions().revoke", sessions::revoke);
  }

  private void add(String call, String name, Supplier<Object> builder) {
    functions.put(call, new Function(name, builder));
  }

  Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    functions.forEach((call, function) -> names.put(call, function.name()));
    return names;
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
