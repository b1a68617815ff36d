package dev.sluice.manifest;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps nodes by the first half of their digest. What is written twice is kept once. */
public interface NodeStore {

  /** Whose nodes these are: another one may keep the same ones in other bytes. */
  default String tenant() {
    return "";
  }

  /** The nodes of these ids, without the others they differ from; none is left out silently. */
  List<StoredNode> load(Collection<UUID> ids);

  /** The nodes of these ids and all that they differ from, down to whole ones. */
  List<StoredNode> loadChains(Collection<UUID> ids);

  /** A node, without those that it differs from, and what its bytes are known by. */
  default MarkedNode loadMarked(UUID id) {
    return new MarkedNode(load(List.of(id)).getFirst(), 0);
  }

  /**
   * A part of a whole node's bytes; null when it is not kept in the same bytes any more.
   *
   * @param mark what {@link #loadMarked} said
   */
  default byte @Nullable [] loadPart(UUID id, long mark, int from, int count) {
    return Arrays.copyOfRange(load(List.of(id)).getFirst().body(), from, from + count);
  }

  /** Keeps nodes; those that are there stay as they are. */
  void save(List<StoredNode> nodes);

  /**
   * A node in bytes.
   *
   * @param base the leaf that this one differs from; null when it is whole
   */
  @SuppressWarnings("ArrayRecordComponent") // Its id says whether it is the same; nobody compares.
  record StoredNode(UUID id, @Nullable UUID base, byte[] body) {}

  /**
   * A node.
   *
   * @param mark another one whenever the node was lost and came again, maybe in other bytes
   */
  record MarkedNode(StoredNode node, long mark) {}

  /** Thrown when a node is not there: the store lost it. */
  final class NodeMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NodeMissingException(UUID id) {
      super("manifest node " + id + " is not in the store");
    }
  }
}
