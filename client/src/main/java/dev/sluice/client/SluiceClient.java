package dev.sluice.client;

import java.net.URI;
import java.util.function.Supplier;

/**
 * The way into Sluice from Java: one object, shared by all threads, with one client for each kind
 * of resource.
 */
public final class SluiceClient implements AutoCloseable {

  private final HttpTransport transport;

  private SluiceClient(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * Prepares a client; nothing is sent yet.
   *
   * @param api where the gateway answers, for example {@code http://127.0.0.1:8080}
   * @param token gives the bearer token of the caller, asked before every request
   */
  public static SluiceClient connect(URI api, Supplier<String> token) {
    return connect(api, token, RetryPolicy.STANDARD);
  }

  /** Like {@link #connect(URI, Supplier)} with the caller's own patience. */
  public static SluiceClient connect(URI api, Supplier<String> token, RetryPolicy retries) {
    return new SluiceClient(new HttpTransport(api, token, retries));
  }

  /** Projects and their members. */
  public ProjectClient projects() {
    return new ProjectClient(transport);
  }

  /** Datasets of a project. */
  public DatasetClient datasets(String project) {
    return new DatasetClient(transport, project);
  }

  /** Versions of a dataset. */
  public VersionClient versions(String project, String dataset) {
    return new VersionClient(transport, project, dataset);
  }

  /** Names that point at versions of a dataset. */
  public AliasClient aliases(String project, String dataset) {
    return new AliasClient(transport, project, dataset, "aliases");
  }

  /** Marks of versions of a dataset; they move only when told to. */
  public AliasClient tags(String project, String dataset) {
    return new AliasClient(transport, project, dataset, "tags");
  }

  /** Webhooks of a project. */
  public WebhookClient webhooks(String project) {
    return new WebhookClient(transport, project);
  }

  /** Erasures of a project. */
  public ErasureClient erasures(String project) {
    return new ErasureClient(transport, project);
  }

  /** Garbage collections of a project. */
  public GarbageClient garbage(String project) {
    return new GarbageClient(transport, project);
  }

  /** The upload ledger: the four steps of an upload, one call each. */
  public UploadClient uploads() {
    return new UploadClient(transport);
  }

  /** Imports: files of other places. */
  public ImportClient imports() {
    return new ImportClient(transport);
  }

  /** Runs: executions of a manifest. */
  public RunClient runs() {
    return new RunClient(transport);
  }

  /** Templates and triggers: runs that nobody starts by hand. */
  public AutomationClient automation(String project) {
    return new AutomationClient(transport, project);
  }

  /** Recipes, indexes and search. */
  public VectorClient vectors() {
    return new VectorClient(transport);
  }

  /** Downloads and uploads of bytes by presigned URL, next to the API. */
  public ObjectStoreClient objects() {
    return transport.objects();
  }

  @Override
  public void close() {
    transport.close();
  }
}
