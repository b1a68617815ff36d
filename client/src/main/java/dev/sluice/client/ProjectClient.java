package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Projects and their members. */
public final class ProjectClient {

  private static final String ROOT = "/api/v1/projects";

  private final HttpTransport http;

  ProjectClient(HttpTransport http) {
    this.http = http;
  }

  /** Makes a project; the caller becomes its owner. */
  public Project create(String name, @Nullable String displayName) {
    Map<String, String> body =
        displayName == null
            ? Map.of("name", name)
            : Map.of("name", name, "displayName", displayName);
    return http.send(ApiRequest.create(ROOT, body), new TypeReference<>() {});
  }

  /** The projects that the caller is a member of. */
  public Stream<Project> list() {
    return Paging.of(http, ROOT, Map.of(), new TypeReference<>() {});
  }

  /** One project; 404 for strangers. */
  public Project get(String name) {
    return http.send(ApiRequest.get(ROOT + ApiRequest.path(name)), new TypeReference<>() {});
  }

  /** The members of a project. */
  public Stream<Member> members(String project) {
    return Paging.of(http, membersOf(project), Map.of(), new TypeReference<>() {});
  }

  /** Invites a user or changes the role. */
  public void putMember(String project, String user, Role role) {
    http.send(
        ApiRequest.of("PUT", membersOf(project) + ApiRequest.path(user))
            .json(Map.of("role", role)));
  }

  /** Removes a user; the last owner cannot go (409). */
  public void removeMember(String project, String user) {
    http.send(ApiRequest.of("DELETE", membersOf(project) + ApiRequest.path(user)));
  }

  /** What the project holds and may hold. */
  public Usage usage(String project) {
    return http.send(
        ApiRequest.get(ROOT + ApiRequest.path(project, "usage")), new TypeReference<>() {});
  }

  /**
   * Limits what the project may hold.
   *
   * @param bytes null takes the limit back
   */
  public Usage limit(String project, @Nullable Long bytes, @Nullable String reason) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("bytes", bytes);
    body.put("reason", reason);
    return http.send(
        ApiRequest.of("PUT", ROOT + ApiRequest.path(project, "quota")).json(body),
        new TypeReference<>() {});
  }

  /** Who changed what and why, the newest first; for owners. */
  public Stream<AuditEntry> audit(String project, AuditFilter filter) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("action", filter.action());
    parameters.put("actor", filter.actor());
    parameters.put("dataset", filter.dataset());
    parameters.put("version", filter.version());
    parameters.put("from", filter.from());
    parameters.put("to", filter.to());
    String target = ROOT + ApiRequest.path(project, "audit");
    return Paging.of(http, target, parameters, new TypeReference<>() {});
  }

  private static String membersOf(String project) {
    return ROOT + ApiRequest.path(project, "members");
  }
}
