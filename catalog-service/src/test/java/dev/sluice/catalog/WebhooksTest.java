package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.catalog.Receiver.Told;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@CatalogServers
class WebhooksTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Pool database;

  WebhooksTest(Pool database) {
    this.database = database;
  }

  private static Response add(String project, Receiver receiver, String... types) {
    Response made =
        as("ada")
            .post(project + "/webhooks", Map.of("url", receiver.url(), "types", List.of(types)));
    made.then().statusCode(201);
    return made;
  }

  private static void settle(String log, String state, int count) {
    await()
        .atMost(SOON)
        .until(
            () ->
                as("ada").get(log).jsonPath().getList("items.state").stream()
                        .filter(state::equals)
                        .count()
                    == count);
  }

  @Test
  void tellsEachFactOfItsTypesOnceAndSigned() {
    // Given
    String project = as("ada").project("wh-tell");
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver, "DatasetCreated", "dev.sluice.MemberAdded.v1");

      // When
      as("ada").dataset(project, "wiki");
      as("ada").draft(project, "wiki");
      as("ada").member(project, "bob", "viewer");

      // Then
      String log = project + "/webhooks/" + webhook.path("id") + "/deliveries";
      settle(log, "delivered", 2);
      assertThat(receiver.told()).hasSize(2);
      Told made = receiver.told("DatasetCreated").getFirst();
      JsonPath body = JsonPath.from(made.body());
      assertThat(body.getString("type")).isEqualTo("dev.sluice.DatasetCreated.v1");
      assertThat(body.getString("data.dataset")).isEqualTo("wiki");
      assertThat(Instant.parse(body.getString("timestamp"))).isNotNull();
      assertThat(made.id()).startsWith("msg_");
      assertThat(made.signature()).isEqualTo(signature(webhook.path("secret"), made));
      as("ada").get(log).then().body("items.tries.status.flatten()", contains(204, 204));
      as("ada").get(project + "/webhooks").then().body("items[0].secret", equalTo(null));
    }
  }

  @Test
  void triesAgainUnderTheSameIdUntilItIsTaken() {
    // Given
    String project = as("ada").project("wh-again");
    try (Receiver receiver = Receiver.answering(call -> call < 2 ? 500 : 200)) {
      Response webhook = add(project, receiver, "DatasetCreated");

      // When
      as("ada").dataset(project, "wiki");

      // Then
      String log = project + "/webhooks/" + webhook.path("id") + "/deliveries";
      settle(log, "delivered", 1);
      assertThat(receiver.told()).hasSize(3);
      assertThat(receiver.told().stream().map(Told::id).distinct()).hasSize(1);
      assertThat(receiver.told().stream().map(Told::body).distinct()).hasSize(1);
      as("ada").get(log).then().body("items[0].tries.status", contains(500, 500, 200));
    }
  }

  @Test
  void keepsTheOrderOfADatasetWhileSomethingIsTriedAgain() {
    // Given
    String project = as("ada").project("wh-order");
    try (Receiver receiver = Receiver.answering(call -> call == 0 ? 503 : 200)) {
      Response webhook = add(project, receiver);

      // When
      as("ada").dataset(project, "wiki");
      as("ada").draft(project, "wiki");
      as("ada").delete(project + "/datasets/wiki").then().statusCode(204);

      // Then
      settle(project + "/webhooks/" + webhook.path("id") + "/deliveries", "delivered", 3);
      assertThat(receiver.told().stream().map(t -> JsonPath.from(t.body()).getString("type")))
          .containsExactly(
              "dev.sluice.DatasetCreated.v1",
              "dev.sluice.DatasetCreated.v1",
              "dev.sluice.DraftOpened.v1",
              "dev.sluice.DatasetDeleted.v1");
    }
  }

  @Test
  void followsNoRedirectAndGivesUpAfterItsSchedule() {
    // Given
    String project = as("ada").project("wh-redirect");
    try (Receiver receiver = Receiver.answering(call -> 302)) {
      Response webhook = add(project, receiver, "DatasetCreated");

      // When
      as("ada").dataset(project, "wiki");

      // Then
      String log = project + "/webhooks/" + webhook.path("id") + "/deliveries";
      settle(log, "failed", 1);
      as("ada").get(log).then().body("items[0].tries.status", contains(302, 302, 302, 302));
      assertThat(receiver.told().stream().map(Told::path)).containsOnly("/hook");
    }
  }

  @Test
  void sendsAgainWhatADeadReplicaMayHaveSent() {
    // Given
    String project = as("ada").project("wh-dead");
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver, "DatasetCreated");
      as("ada").dataset(project, "wiki");
      String log = project + "/webhooks/" + webhook.path("id") + "/deliveries";
      settle(log, "delivered", 1);

      // When: what a kill between sending and writing down leaves behind
      database
          .preparedQuery(
              """
              update catalog.webhook_delivery
              set state = 'pending', tries = 0, attempts = 1, ended_at = null,
                  claimed_until = now() + interval '1 second'
              where webhook_id = $1
              """)
          .executeAndAwait(Tuple.of(UUID.fromString(webhook.path("id"))));

      // Then
      settle(log, "delivered", 1);
      assertThat(receiver.told()).hasSize(2);
      assertThat(receiver.told().stream().map(Told::id).distinct()).hasSize(1);
    }
  }

  @Test
  void signsWithBothSecretsWhileOneIsReplaced() {
    // Given
    String project = as("ada").project("wh-rotate");
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver, "DatasetCreated");
      String path = project + "/webhooks/" + webhook.path("id");

      // When
      Response rotated = as("ada").post(path + "/secret", "");
      as("ada").dataset(project, "wiki");

      // Then
      rotated.then().statusCode(200).body("secret", startsWith("whsec_"));
      settle(path + "/deliveries", "delivered", 1);
      Told told = receiver.told().getFirst();
      assertThat(told.signature().split(" "))
          .containsExactly(
              signature(rotated.path("secret"), told), signature(webhook.path("secret"), told));
    }
  }

  @Test
  void replaysADeliveryAndAPeriod() {
    // Given
    String project = as("ada").project("wh-replay");
    Instant before = Instant.now().minusSeconds(60);
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver, "DatasetCreated");
      as("ada").dataset(project, "one");
      as("ada").dataset(project, "two");
      String path = project + "/webhooks/" + webhook.path("id");
      settle(path + "/deliveries", "delivered", 2);
      int first = as("ada").get(path + "/deliveries").path("items[1].id");

      // When
      Response one = as("ada").post(path + "/deliveries/" + first + "/replay", "");
      await().atMost(SOON).until(() -> receiver.told().size() == 3);
      settle(path + "/deliveries", "delivered", 2);
      Response all =
          as("ada")
              .post(
                  path + "/replay",
                  Map.of("from", before.toString(), "to", before.plusSeconds(3_600).toString()));

      // Then
      one.then().statusCode(200).body("deliveries", equalTo(1));
      all.then().statusCode(200).body("deliveries", equalTo(2));
      await().atMost(SOON).until(() -> receiver.told().size() == 5);
      assertThat(receiver.told().stream().map(Told::id).distinct()).hasSize(2);
      as("ada").post(path + "/deliveries/1/replay", "").then().statusCode(404);
    }
  }

  @Test
  void pingsAnAddressThatWasJustAdded() {
    String project = as("ada").project("wh-ping");
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver);
      String path = project + "/webhooks/" + webhook.path("id");
      as("ada").post(path + "/ping", "").then().statusCode(202);
      settle(path + "/deliveries", "delivered", 1);
      assertThat(receiver.told("Ping")).hasSize(1);
    }
  }

  @Test
  void switchesOffWhatIsGoneOrFailsForDays() {
    // Given
    String project = as("ada").project("wh-off");
    try (Receiver gone = Receiver.answering(call -> 410);
        Receiver broken = Receiver.answering(call -> 500)) {
      String goneId = add(project, gone, "DatasetCreated").path("id");
      String brokenId = add(project, broken, "DatasetCreated").path("id");
      database
          .preparedQuery(
              "update catalog.webhook set failing_since = now() - interval '6 days' where id = $1")
          .executeAndAwait(Tuple.of(UUID.fromString(brokenId)));

      // When
      as("ada").dataset(project, "wiki");

      // Then
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  as("ada")
                      .get(project + "/webhooks")
                      .then()
                      .body("items.enabled", contains(false, false)));
      as("ada")
          .get(project + "/webhooks")
          .then()
          .body("items[0].disabledReason", containsString("410"))
          .body("items[1].disabledReason", containsString("no delivery was taken since"));
      as("ada")
          .get(project + "/audit?action=webhook.changed")
          .then()
          .body("items.object", hasItem(goneId));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/hook",
        "https://[::1]:8443/hook",
        "https://user:secret@example.org/",
        "ftp://example.org/",
        "https://0x7f000001/",
        "nonsense"
      })
  void refusesAddressesOfTheInside(String url) {
    String name = "wh-in-" + Integer.toHexString(url.hashCode());
    String project = as("ada").project(name);
    as("ada")
        .post(project + "/webhooks", Map.of("url", url))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("url"));
  }

  @Test
  void refusesTypesThatTheCatalogNeverSays() {
    String project = as("ada").project("wh-types");
    as("ada")
        .post(
            project + "/webhooks",
            Map.of("url", "http://127.0.0.1:2000/", "types", List.of("ChunkUploaded")))
        .then()
        .statusCode(400)
        .body("errors[0].allowed", containsString("VersionReleased"));
  }

  @Test
  void tellsNothingOfWhatWasRolledBackNorOfOtherProjects() {
    // Given
    String project = as("ada").project("wh-own");
    String other = as("ada").project("wh-other");
    as("ada").dataset(project, "wiki");
    try (Receiver receiver = Receiver.taking()) {
      Response webhook = add(project, receiver);

      // When
      as("ada")
          .post(project + "/datasets", Map.of("name", "wiki", "dataType", "text"))
          .then()
          .statusCode(409);
      as("ada").dataset(other, "elsewhere");
      as("ada").dataset(project, "last");

      // Then
      settle(project + "/webhooks/" + webhook.path("id") + "/deliveries", "delivered", 1);
      assertThat(receiver.told()).hasSize(1);
      assertThat(receiver.told().getFirst().body()).contains("\"last\"");
    }
  }

  /** As a receiver computes it, from the specification alone. */
  private static String signature(String secret, Told told) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = told.id() + "." + told.timestamp() + "." + told.body();
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
