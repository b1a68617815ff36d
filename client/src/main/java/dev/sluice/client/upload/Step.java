package dev.sluice.client.upload;

import dev.sluice.client.Chunk;
import org.jspecify.annotations.Nullable;

/** What happened to a file while its parts are on their way. */
sealed interface Step {

  /** A part was read. */
  record Hashed(HashedPart part) implements Step {}

  /** The last part was read; null when nobody asked for the digest. */
  record Whole(@Nullable String sha256) implements Step {}

  /** The store has a part; null when the service knows that already. */
  record Sent(HashedPart part, @Nullable Chunk chunk) implements Step {}

  /** A part will not get there. */
  record Lost(HashedPart part, RuntimeException why) implements Step {}

  /** The file cannot be read to its end. */
  record Unread(RuntimeException why) implements Step {}
}
