package dev.sluice.manifest;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps nodes by the first half of their digest. What is written twice is kept once. */
public interface NodeStore {

  /** The nodes of these ids, without the others they differ from; none is left out silently. */
  List<StoredNode> load(Collection<UUID> ids);

  /** The nodes of these ids and all that they differ from, down to whole ones. */
  List<StoredNode> loadChains(Collection<UUID> ids);

  /** Keeps nodes; those that are there stay as they are. */
  void save(List<StoredNode> nodes);

  /**
   * A node in bytes.
   *
   * @param base the leaf that this one differs from; null when it is whole
   */
  @SuppressWarnings("ArrayRecordComponent") // Its id says whether it is the same; nobody compares.
  record StoredNode(UUID id, @Nullable UUID base, byte[] body) {}

  /** Thrown when a node is not there: the store lost it. */
  final class NodeMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NodeMissingException(UUID id) {
      super("manifest node " + id + " is not in the store");
    }
  }
}
