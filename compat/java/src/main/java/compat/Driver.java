package compat;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.errors.ClerkError;
import com.clerk.backend_api.models.errors.ClerkErrors;
import com.clerk.backend_api.utils.JSON;
import com.clerk.backend_api.utils.RetryConfig;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Turns calls of the scenario, one JSON line each on standard input, into calls of
 * com.clerk:backend-api, and writes what the SDK decoded, under the wire's names.
 */
public final class Driver {
  private final ObjectMapper json = JSON.getMapper().copy().setAnnotationIntrospector(new Untyped());
  private final Calls calls;

  /**
   * Writes types that have variants without a discriminator of their own: the SDK's
   * variants carry it as a member already, and its annotations serve reading only.
   */
  private static final class Untyped extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
      return null;
    }

    @Override
    public TypeResolverBuilder<?> findTypeResolver(MapperConfig<?> config, AnnotatedClass type, JavaType base) {
      return null;
    }
  }

  private Driver(Clerk clerk) {
    calls = new Calls(clerk);
  }

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    // A server error must show up at once; the SDK would retry it for an hour.
    Clerk clerk = Clerk.builder()
        .retryConfig(RetryConfig.noRetries())
        .bearerAuth(System.getenv("CLERK_SECRET_KEY"))
        .serverURL(System.getenv("CLERK_API_URL") + "/v1")
        .build();
    new Driver(clerk).run();
  }

  private void run() throws IOException, ReflectiveOperationException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(json.writeValueAsString(hello()));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(json.writeValueAsString(answer(json.readTree(line))));
    }
  }

  private ObjectNode hello() throws IOException, ReflectiveOperationException {
    var versions = new Properties();
    try (var file = Driver.class.getResourceAsStream("/version.properties")) {
      versions.load(file);
    }
    ObjectNode hello = json.createObjectNode();
    hello.put("sdk", "com.clerk:backend-api").put("version", versions.getProperty("clerk"));
    hello.set("calls", json.valueToTree(calls.names()));
    hello.set("classes", json.valueToTree(calls.classes()));
    hello.set("left_out", json.valueToTree(Calls.LEFT_OUT));
    hello.set("offers", json.valueToTree(calls.offers()));
    hello.set("parameters", json.valueToTree(calls.parameters()));
    // The SDK raises SDKError for a status its document does not list.
    hello.set("errors", json.valueToTree(List.of("ClerkErrors", "SDKError")));
    hello.set("lacks", json.valueToTree(List.of("public_user_data.deprovisioned", "requires_password_reset")));
    return hello;
  }

  private ObjectNode answer(JsonNode request) {
    ObjectNode answer = json.createObjectNode();
    try {
      Object result = calls.call(request.get("call").asText(), (ObjectNode) request.get("args"));
      answer.set("result", wire(result));
    } catch (Unsupported e) {
      answer.put("unsupported", e.getMessage());
    } catch (ClerkError e) {
      answer.set("error", error(e));
    } catch (Exception e) {
      answer.put("crash", e.toString());
    }
    return answer;
  }

  /** A list gets its envelope; everything else is as the SDK's own mapper writes it. */
  private JsonNode wire(Object result) {
    JsonNode tree = json.valueToTree(result);
    return tree.isArray() ? json.createObjectNode().set("data", tree) : tree;
  }

  private ObjectNode error(ClerkError e) {
    JsonNode body = read(e.bodyAsString());
    ObjectNode error = json.createObjectNode();
    error.put("type", e.getClass().getSimpleName()).put("status", e.code());
    error.put("trace_id", body.path("clerk_trace_id").asText());
    error.set("errors", body.path("errors"));
    if (e instanceof ClerkErrors decoded) {
      error.set("errors", errors(decoded, body.path("errors")));
    }
    return error;
  }

  /** The errors as the SDK decoded them; its type for meta has no members, so that is the body's. */
  private ArrayNode errors(ClerkErrors decoded, JsonNode sent) {
    ArrayNode errors = json.createArrayNode();
    for (var one : decoded.errors().orElse(List.of())) {
      ObjectNode node = errors.addObject();
      node.put("code", one.code()).put("message", one.message()).put("long_message", one.longMessage());
      node.set("meta", sent.path(errors.size() - 1).path("meta"));
    }
    return errors;
  }

  private JsonNode read(Optional<String> body) {
    try {
      return json.readTree(body.orElse("{}"));
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }
}
