package dev.sluice.client.upload;

/** Says to listeners what became of a file. */
final class Listeners {

  private Listeners() {}

  static void tell(UploadListener listener, Handed handed) {
    switch (handed) {
      case Handed.Done done -> listener.finished(done.outcome());
      case Handed.Verifying more -> listener.verifying(more.outcome().file());
    }
  }
}
