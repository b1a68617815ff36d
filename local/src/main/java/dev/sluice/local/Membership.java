package dev.sluice.local;

import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Gives people roles in projects, through the catalog's API, as the development owner. */
record Membership(String api, String ownerToken) {
  private static final int REDIRECTION = 300;
  private static final int NOT_FOUND = 404;

  void grant(String project, String user, String role) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("%s/api/v1/projects/%s/members/%s".formatted(api, project, user)))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + ownerToken)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"role\":\"" + role + "\"}"))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() == NOT_FOUND) {
      throw new LocalException(
          "There is no project '%s' owned by '%s'".formatted(project, Stack.DEVELOPER));
    }
    if (answer.statusCode() >= REDIRECTION) {
      throw new LocalException(
          "The catalog refused the role (%d): %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LocalException("The stack does not answer at " + api + " (sluice up)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted", e);
    }
  }
}
