package dev.sluice.catalog.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts run events to the address that the administrator configured; its calls block. */
@ApplicationScoped
class OpenLineageClient {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int UNPROCESSABLE = 422;
  private static final int BAD = 400;
  private static final int TOO_LARGE = 413;

  private final OpenLineageConfig config;
  private final OkHttpClient http;

  OpenLineageClient(OpenLineageConfig config) {
    this.config = config;
    this.http =
        new OkHttpClient.Builder()
            .callTimeout(config.timeout())
            .followRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
  }

  /** What came of one attempt. */
  Answer post(JsonNode event) {
    Request.Builder request =
        new Request.Builder()
            .url(config.url().orElseThrow().toString())
            .header("User-Agent", "sluice-openlineage")
            .post(RequestBody.create(event.toString(), JSON));
    config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    try (Response response = http.newCall(request.build()).execute()) {
      int status = response.code();
      if (response.isSuccessful()) {
        return new Answer(Outcome.TAKEN, "status " + status);
      }
      boolean never = status == BAD || status == UNPROCESSABLE || status == TOO_LARGE;
      return new Answer(never ? Outcome.REFUSED : Outcome.AWAY, "status " + status);
    } catch (IOException e) {
      return new Answer(Outcome.AWAY, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** How a post ended. */
  enum Outcome {
    TAKEN,
    /** No retry mends it. */
    REFUSED,
    AWAY
  }

  /** What came of an attempt, and why. */
  record Answer(Outcome outcome, String reason) {}
}
