package dev.sluice.chaos.catalog;

import dev.sluice.chaos.catalog.CatalogOp.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One dataset as it should be, in maps: right by being simple. It answers as the service should
 * answer, and notes the facts and the entries of the audit that should be there.
 */
final class LineModel {
  private static final String NOT_FOUND = "404";
  private static final String CONFLICT = "409";
  private static final String DONE = "204";

  final String dataset;
  boolean trashed;
  final TreeMap<Integer, Version> versions = new TreeMap<>();
  final TreeMap<String, Name> names = new TreeMap<>();
  final List<String> facts = new ArrayList<>();
  final List<String> audit = new ArrayList<>();

  /** The files of the clones that were made of versions, by the name of the new dataset. */
  final TreeMap<String, NavigableMap<String, Integer>> clones = new TreeMap<>();

  enum State {
    DRAFT,
    SEALED,
    RELEASED,
    WITHDRAWN,
    DROPPED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A version.
   *
   * @param parent 0 for none
   */
  record Version(State state, int parent, NavigableMap<String, Integer> files) {
    boolean isFinal() {
      return state != State.DRAFT && state != State.DROPPED;
    }

    boolean usable() {
      return state == State.SEALED || state == State.RELEASED;
    }

    Version in(State next) {
      return new Version(next, parent, files);
    }

    Version with(NavigableMap<String, Integer> now) {
      return new Version(state, parent, Collections.unmodifiableNavigableMap(now));
    }
  }

  /** Where an alias or a tag points. */
  record Name(boolean tag, int to) {}

  LineModel(String dataset) {
    this.dataset = dataset;
    say("DatasetCreated");
    note("dataset.created");
  }

  private LineModel(LineModel like) {
    dataset = like.dataset;
    trashed = like.trashed;
    versions.putAll(like.versions);
    names.putAll(like.names);
    facts.addAll(like.facts);
    audit.addAll(like.audit);
    clones.putAll(like.clones);
  }

  LineModel copy() {
    return new LineModel(this);
  }

  /** Two models with the same key are the same. */
  String key() {
    return "%s %s %s %s %s %s".formatted(trashed, versions, names, facts, audit, clones.keySet());
  }

  /** The draft that is open, or 0. */
  int draft() {
    return versions.entrySet().stream()
        .filter(e -> e.getValue().state() == State.DRAFT)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /** Does it; the answer is the status, and what of the body the model knows. */
  String apply(CatalogOp op) {
    if (trashed && !(op instanceof CatalogOp.Undelete)) {
      return NOT_FOUND;
    }
    return switch (op) {
      case CatalogOp.Open o -> open(o);
      case CatalogOp.Edit o -> edit(o);
      case CatalogOp.Remove o -> remove(o);
      case CatalogOp.Seal o -> seal(o);
      case CatalogOp.Release o -> release(o);
      case CatalogOp.Withdraw o -> withdraw(o);
      case CatalogOp.Drop o -> drop(o);
      case CatalogOp.Point o -> point(o);
      case CatalogOp.Unpoint o -> unpoint(o);
      case CatalogOp.Merge o -> merge(o);
      case CatalogOp.Restore o -> restore(o);
      case CatalogOp.Rollback o -> rollback(o);
      case CatalogOp.Clone o -> cloned(o);
      case CatalogOp.Delete o -> {
        trashed = true;
        say("DatasetDeleted");
        note("dataset.deleted " + o.reason());
        yield DONE;
      }
      case CatalogOp.Undelete o -> {
        if (!trashed) {
          yield NOT_FOUND;
        }
        trashed = false;
        say("DatasetRestored");
        note("dataset.restored " + o.reason());
        yield DONE;
      }
    };
  }

  private @Nullable Version visible(int number) {
    Version found = versions.get(number);
    return found == null || found.state() == State.DROPPED ? null : found;
  }

  private String open(CatalogOp.Open op) {
    Version parent = null;
    if (op.parent() > 0) {
      parent = visible(op.parent());
      if (parent == null) {
        return NOT_FOUND;
      }
      if (!parent.usable()) {
        return CONFLICT;
      }
    }
    return draft() > 0 ? CONFLICT : "201 v" + begin(op.parent(), parent);
  }

  private int begin(int number, @Nullable Version parent) {
    int next = versions.isEmpty() ? 1 : versions.lastKey() + 1;
    NavigableMap<String, Integer> files = parent == null ? new TreeMap<>() : parent.files();
    versions.put(
        next, new Version(State.DRAFT, number, Collections.unmodifiableNavigableMap(files)));
    say("DraftOpened v" + next);
    note("version.opened v" + next);
    return next;
  }

  private void close(int number) {
    Version draft = Objects.requireNonNull(versions.get(number));
    versions.put(number, draft.in(State.SEALED));
    say("VersionCreated v" + number + " " + OwnDigest.of(draft.files()));
    note("version.sealed v" + number);
  }

  /** What is wrong with writing to a version, or an empty text. */
  private String unwritable(int number) {
    Version found = visible(number);
    return found == null ? NOT_FOUND : found.isFinal() ? CONFLICT : "";
  }

  private NavigableMap<String, Integer> filesOf(int number) {
    return Objects.requireNonNull(versions.get(number)).files();
  }

  private void put(int number, NavigableMap<String, Integer> files) {
    versions.put(number, Objects.requireNonNull(versions.get(number)).with(files));
  }

  private String edit(CatalogOp.Edit op) {
    String refused = unwritable(op.version());
    if (!refused.isEmpty()) {
      return refused;
    }
    NavigableMap<String, Integer> files = new TreeMap<>(filesOf(op.version()));
    for (Step step : op.steps()) {
      boolean done =
          switch (step) {
            case Step.Put s -> {
              files.put(s.path(), s.content());
              yield true;
            }
            case Step.PutMany s -> {
              s.all().forEach(each -> files.put(each.path(), each.content()));
              yield true;
            }
            case Step.Take s -> files.remove(s.path()) != null;
            case Step.Move s -> {
              Integer content = files.remove(s.path());
              yield content != null && files.putIfAbsent(s.to(), content) == null;
            }
          };
      if (!done) {
        return "400";
      }
    }
    put(op.version(), files);
    note("version.edited v" + op.version());
    return "200 " + files.size();
  }

  private String remove(CatalogOp.Remove op) {
    String refused = unwritable(op.version());
    if (!refused.isEmpty()) {
      return refused;
    }
    NavigableMap<String, Integer> files = new TreeMap<>(filesOf(op.version()));
    if (files.remove(op.path()) == null) {
      return NOT_FOUND;
    }
    put(op.version(), files);
    return DONE;
  }

  private String seal(CatalogOp.Seal op) {
    Version found = visible(op.version());
    if (op.files() < 1) {
      return "400";
    }
    if (found == null) {
      return NOT_FOUND;
    }
    if (found.files().size() != op.files()) {
      return CONFLICT;
    }
    if (!found.isFinal()) {
      close(op.version());
    }
    return "200 " + OwnDigest.of(found.files());
  }

  private String release(CatalogOp.Release op) {
    Version found = visible(op.version());
    if (found == null) {
      return NOT_FOUND;
    }
    if (!found.usable()) {
      return CONFLICT;
    }
    if (found.state() == State.SEALED) {
      versions.put(op.version(), found.in(State.RELEASED));
      say("VersionReleased v" + op.version());
      note("version.released v" + op.version() + " " + op.reason());
    }
    return "200 released";
  }

  private String withdraw(CatalogOp.Withdraw op) {
    Version found = visible(op.version());
    if (found == null) {
      return NOT_FOUND;
    }
    boolean inUse =
        names.values().stream().anyMatch(name -> !name.tag() && name.to() == op.version());
    if (inUse && !op.forced()) {
      return CONFLICT;
    }
    if (!found.isFinal()) {
      return CONFLICT;
    }
    if (found.usable()) {
      versions.put(op.version(), found.in(State.WITHDRAWN));
      say("VersionWithdrawn v" + op.version());
      note("version.withdrawn v" + op.version() + " " + op.reason());
    }
    return "200 withdrawn";
  }

  private String drop(CatalogOp.Drop op) {
    String refused = unwritable(op.version());
    if (!refused.isEmpty()) {
      return refused;
    }
    versions.put(
        op.version(), Objects.requireNonNull(versions.get(op.version())).in(State.DROPPED));
    say("DraftDropped v" + op.version() + " " + op.reason());
    note("version.dropped v" + op.version() + " " + op.reason());
    return DONE;
  }

  private String point(CatalogOp.Point op) {
    Name old = names.get(op.name());
    if (old != null) {
      if (old.tag() != op.tag()) {
        return CONFLICT;
      }
      if (op.expected() > 0 && op.expected() != old.to()) {
        return "412";
      }
      if (!op.tag() && op.expected() == 0) {
        return "428";
      }
    }
    Version target = visible(op.to());
    if (target == null) {
      return NOT_FOUND;
    }
    if (!target.usable()) {
      return CONFLICT;
    }
    if (old != null && op.tag() && old.to() != op.to() && !op.move()) {
      return CONFLICT;
    }
    if (old == null || old.to() != op.to()) {
      names.put(op.name(), new Name(op.tag(), op.to()));
      moved(op.tag(), op.name(), old, op.to(), op.reason());
    }
    return "200 v" + op.to();
  }

  private String unpoint(CatalogOp.Unpoint op) {
    Name old = names.get(op.name());
    if (old == null || old.tag() != op.tag()) {
      return NOT_FOUND;
    }
    names.remove(op.name());
    moved(op.tag(), op.name(), old, 0, op.reason());
    return DONE;
  }

  private void moved(boolean tag, String name, @Nullable Name from, int to, String reason) {
    say(
        "AliasMoved %s %s %s"
            .formatted(name, from == null ? "-" : "v" + from.to(), to == 0 ? "-" : "v" + to));
    String kind = tag ? "tag." : "alias.";
    note(kind + (to == 0 ? "removed " : tag ? "set " : "moved ") + name + " " + reason);
  }

  private String merge(CatalogOp.Merge op) {
    String refused = unwritable(op.into());
    if (!refused.isEmpty()) {
      return refused;
    }
    if (visible(op.from()) == null) {
      return NOT_FOUND;
    }
    int common = line(op.into()).stream().filter(line(op.from())::contains).findFirst().orElse(0);
    SortedMap<String, Integer> base = common == 0 ? new TreeMap<>() : filesOf(common);
    SortedMap<String, Integer> theirs = filesOf(op.from());
    NavigableMap<String, Integer> ours = new TreeMap<>(filesOf(op.into()));
    Set<String> paths = new TreeSet<>(base.keySet());
    paths.addAll(theirs.keySet());
    for (String path : paths) {
      Integer was = base.get(path);
      Integer their = theirs.get(path);
      Integer our = ours.get(path);
      if (Objects.equals(was, their)) {
        continue;
      }
      boolean conflict = !Objects.equals(was, our) && !Objects.equals(our, their);
      if (conflict && op.resolution().isEmpty()) {
        return CONFLICT;
      }
      if (!conflict || op.resolution().equals("theirs")) {
        set(ours, path, their);
      }
    }
    put(op.into(), ours);
    note("version.merged v" + op.into());
    return "200 " + ours.size();
  }

  private static void set(Map<String, Integer> files, String path, @Nullable Integer content) {
    if (content == null) {
      files.remove(path);
    } else {
      files.put(path, content);
    }
  }

  /** A version and those that it began with, the newest first. */
  private List<Integer> line(int number) {
    List<Integer> line = new ArrayList<>();
    int at = number;
    while (at > 0) {
      line.add(at);
      at = Objects.requireNonNull(versions.get(at)).parent();
    }
    return line;
  }

  private String restore(CatalogOp.Restore op) {
    String refused = unwritable(op.into());
    if (!refused.isEmpty()) {
      return refused;
    }
    if (visible(op.from()) == null) {
      return NOT_FOUND;
    }
    NavigableMap<String, Integer> ours = new TreeMap<>(filesOf(op.into()));
    ours.keySet().removeIf(path -> path.startsWith(op.prefix()));
    filesOf(op.from())
        .forEach(
            (path, content) -> {
              if (path.startsWith(op.prefix())) {
                ours.put(path, content);
              }
            });
    put(op.into(), ours);
    note("version.restored v" + op.into());
    return "200 " + ours.size();
  }

  private String rollback(CatalogOp.Rollback op) {
    String opened = open(new CatalogOp.Open(op.to()));
    if (opened.startsWith("201")) {
      close(versions.lastKey());
    }
    return opened;
  }

  private String cloned(CatalogOp.Clone op) {
    Version found = visible(op.of());
    if (found == null) {
      return NOT_FOUND;
    }
    if (!found.usable() || clones.containsKey(op.name())) {
      return CONFLICT;
    }
    clones.put(op.name(), found.files());
    return "201 v1";
  }

  private void say(String fact) {
    facts.add(fact);
  }

  private void note(String entry) {
    audit.add(entry.strip());
  }
}
