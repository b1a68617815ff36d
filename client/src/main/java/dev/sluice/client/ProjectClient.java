package dev.sluice.client;

import com.fasterxml.jackson.core.type.TypeReference;
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

  private static String membersOf(String project) {
    return ROOT + ApiRequest.path(project, "members");
  }
}
