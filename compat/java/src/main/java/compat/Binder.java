package compat;

import com.clerk.backend_api.utils.JSON;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fills the SDK's builders from arguments under the wire's names. The builders name
 * their setters after them, in camel case.
 */
final class Binder {
  /** What every builder takes beside the parameters of its request. */
  private static final Set<String> OPTIONS = Set.of("retryConfig", "serverURL", "options");

  private static final String BODY = "requestBody|\\w+Request";

  private Binder() {}

  /** Gives a request builder its arguments: one by one, and what is left as the body. */
  static void bind(Object builder, ObjectNode args) throws Exception {
    Method whole = setter(builder, "request");
    if (whole != null) {
      whole.invoke(builder, build(whole.getParameterTypes()[0], args));
      return;
    }
    set(builder, args, false);
    Method body = body(builder);
    if (body != null && body.getParameterTypes()[0] == List.class) {
      body.invoke(builder, convert(body, args.remove("invitations")));
    } else if (body != null) {
      body.invoke(builder, build(body.getParameterTypes()[0], args));
    } else if (!args.isEmpty()) {
      throw new Unsupported("no parameter " + args.fieldNames().next());
    }
  }

  /** The setter of a body, which some builders name after its type. */
  private static Method body(Object builder) {
    for (Method m : builder.getClass().getMethods()) {
      if (m.getName().matches(BODY)) {
        return setter(builder, m.getName());
      }
    }
    return null;
  }

  /** What a builder takes, under the wire's names: that of a request or body piece by piece. */
  static Set<String> parameters(Class<?> builder) throws ReflectiveOperationException {
    var names = new TreeSet<String>();
    for (Method m : builder.getDeclaredMethods()) {
      if (m.getParameterCount() != 1 || m.getReturnType() != builder || OPTIONS.contains(m.getName())) {
        continue;
      }
      if (!m.getName().matches("request|" + BODY)) {
        names.add(snake(m.getName()));
      } else if (m.getParameterTypes()[0] == List.class) {
        names.add("invitations");
      } else if (m.getParameterTypes()[0] != Optional.class) {
        names.addAll(parameters(m.getParameterTypes()[0].getMethod("builder").getReturnType()));
      }
    }
    return names;
  }

  /** Builds a request or body from all arguments. */
  private static Object build(Class<?> type, ObjectNode args) throws Exception {
    Object builder = type.getMethod("builder").invoke(null);
    set(builder, args, true);
    try {
      return invoke(builder, "build");
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new Unsupported("cannot leave out a parameter: " + e.getMessage());
    }
  }

  /** Hands arguments to the setters of their names and removes them; strict refuses one without. */
  private static void set(Object builder, ObjectNode args, boolean strict) throws Exception {
    for (String name : names(args)) {
      Method setter = setter(builder, camel(name));
      if (setter == null) {
        setter = setter(builder, camel(name) + "_"); // a name that is taken in Java
      }
      if (setter == null && strict) {
        throw new Unsupported("no parameter " + name);
      }
      if (setter != null) {
        JsonNode value = args.remove(name);
        setter.invoke(builder, name.equals("file") ? file(setter.getParameterTypes()[0], value) : convert(setter, value));
      }
    }
  }

  /** A value as a setter takes it; some of the SDK's types drop whatever they are given. */
  private static Object convert(Method setter, JsonNode value) {
    JavaType type = JSON.getMapper().constructType(setter.getGenericParameterTypes()[0]);
    if (value.isObject() && !value.isEmpty() && hasNoMembers(type.getRawClass())) {
      throw new Unsupported(setter.getName() + " cannot have members");
    }
    return JSON.getMapper().convertValue(value, type);
  }

  private static boolean hasNoMembers(Class<?> type) {
    return type.getName().startsWith("com.clerk.") && !type.isEnum() && type.getDeclaredFields().length == 0;
  }

  /** An upload, from an image that came in a line of JSON. */
  private static Object file(Class<?> type, JsonNode image) throws Exception {
    Object builder = type.getMethod("builder").invoke(null);
    setter(builder, "fileName").invoke(builder, "image");
    setter(builder, "content").invoke(builder, image.binaryValue());
    return invoke(builder, "build");
  }

  private static List<String> names(ObjectNode args) {
    var names = new ArrayList<String>();
    args.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The setter that takes the plain value, not the one that takes it wrapped. */
  private static Method setter(Object builder, String name) {
    for (Method m : builder.getClass().getMethods()) {
      boolean wrapped = m.getParameterCount() == 1 && m.getParameterTypes()[0].getSimpleName().matches("Optional|JsonNullable");
      if (m.getName().equals(name) && m.getParameterCount() == 1 && !wrapped) {
        return m;
      }
    }
    return null;
  }

  /** Calls a method without arguments; what it throws comes out as it is. */
  static Object invoke(Object target, String method) throws Exception {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What a response carries besides the traffic's attributes; some carry nothing. */
  static Object content(Object response) throws Exception {
    for (Method m : response.getClass().getMethods()) {
      if (m.getParameterCount() == 0 && m.getReturnType() == Optional.class) {
        return ((Optional<?>) m.invoke(response)).orElse(null);
      }
    }
    return null;
  }

  /** The wire's name of a setter; those taken in Java end in a line. */
  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("_$", "").toLowerCase(Locale.ROOT);
  }

  private static String camel(String name) {
    var out = new StringBuilder();
    for (String part : name.split("_")) {
      out.append(out.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return out.toString();
  }
}
