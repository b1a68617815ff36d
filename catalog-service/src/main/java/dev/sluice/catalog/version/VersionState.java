package dev.sluice.catalog.version;

import dev.sluice.catalog.file.VersionDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a version stands; what it can become next is a method of where it stands. */
public sealed interface VersionState {

  /** Takes files; its digest is not known yet. */
  record Draft() implements VersionState {
    /** The content is final from now on. */
    public Sealed sealed(VersionDigest digest, Instant at) {
      return new Sealed(new Seal(digest, at));
    }

    /** Given up; the number is not used again. */
    public Dropped dropped(String reason, Instant at) {
      return new Dropped(reason, at);
    }
  }

  /** States whose content is final. */
  sealed interface Final extends VersionState {
    Seal seal();
  }

  /** Final and usable. */
  record Sealed(Seal seal) implements Final {
    /** An owner recommends it. */
    public Released released(String by, Instant at, @Nullable String reason) {
      return new Released(seal, by, at, reason);
    }

    /** It must not be used any more. */
    public Withdrawn withdrawn(String by, Instant at, @Nullable String reason) {
      return new Withdrawn(seal, by, at, reason);
    }
  }

  /** Recommended by an owner. */
  record Released(Seal seal, String by, Instant at, @Nullable String reason) implements Final {
    /** It must not be used any more. */
    public Withdrawn withdrawn(String who, Instant when, @Nullable String why) {
      return new Withdrawn(seal, who, when, why);
    }
  }

  /** Not to be used any more; its files stay readable. */
  record Withdrawn(Seal seal, String by, Instant at, @Nullable String reason) implements Final {
    /** Its files are given up. */
    public Purged purged(String who, Instant when, @Nullable String why) {
      return new Purged(seal, who, when, why);
    }
  }

  /** Its files cannot be read any more; what is known of it stays. */
  record Purged(Seal seal, String by, Instant at, @Nullable String reason) implements Final {}

  /** A draft that was given up; nobody sees it any more. */
  record Dropped(String reason, Instant at) implements VersionState {}

  /** The content's digest and when it became final. */
  record Seal(VersionDigest digest, Instant at) {}
}
