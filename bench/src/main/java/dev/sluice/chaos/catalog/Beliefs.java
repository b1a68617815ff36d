package dev.sluice.chaos.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one writer can know of its dataset: every state that the answers so far allow. An operation
 * whose answer was lost may take effect at any time from then on, or never.
 */
final class Beliefs {
  private Map<String, Belief> all = new LinkedHashMap<>();

  /**
   * A state that may be.
   *
   * @param open operations without an answer that did nothing so far
   */
  private record Belief(LineModel line, List<CatalogOp> open) {
    String key() {
      return line.key() + open;
    }
  }

  Beliefs(String dataset) {
    add(all, new Belief(new LineModel(dataset), List.of()));
  }

  /** One of the states that may be. */
  LineModel any() {
    return all.values().iterator().next().line();
  }

  int count() {
    return all.size();
  }

  /** The answer was lost. */
  void lost(CatalogOp op) {
    Map<String, Belief> next = new LinkedHashMap<>();
    for (Belief each : all.values()) {
      List<CatalogOp> open = new ArrayList<>(each.open());
      open.add(op);
      add(next, new Belief(each.line(), List.copyOf(open)));
    }
    all = next;
  }

  /**
   * The service answered.
   *
   * @return empty, or what it should have answered
   */
  List<String> told(CatalogOp op, String answer) {
    Map<String, Belief> next = new LinkedHashMap<>();
    List<String> expected = new ArrayList<>();
    for (Belief each : reachable()) {
      LineModel line = each.line().copy();
      String right = line.apply(op);
      if (right.equals(answer)) {
        add(next, new Belief(line, each.open()));
      } else {
        expected.add(right);
      }
    }
    if (next.isEmpty()) {
      return expected;
    }
    all = next;
    return List.of();
  }

  /** Every state that may be, whatever became of what was not answered. */
  Collection<LineModel> possible() {
    return reachable().stream().map(Belief::line).toList();
  }

  private Collection<Belief> reachable() {
    Map<String, Belief> found = new LinkedHashMap<>(all);
    Deque<Belief> todo = new ArrayDeque<>(all.values());
    while (!todo.isEmpty()) {
      Belief next = todo.removeFirst();
      for (int i = 0; i < next.open().size(); i++) {
        LineModel line = next.line().copy();
        line.apply(next.open().get(i));
        List<CatalogOp> left = new ArrayList<>(next.open());
        left.remove(i);
        Belief made = new Belief(line, List.copyOf(left));
        if (found.putIfAbsent(made.key(), made) == null) {
          todo.add(made);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static void add(Map<String, Belief> to, Belief each) {
    to.putIfAbsent(each.key(), each);
  }
}
