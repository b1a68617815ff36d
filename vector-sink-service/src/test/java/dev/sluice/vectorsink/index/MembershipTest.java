package dev.sluice.vectorsink.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MembershipTest {
  @Test
  void keepsAnUnchangedPointOfTheNewestVersionAsItIs() {
    // Given
    Membership sinceOne = Membership.startingAt(1, line(1));

    // When
    Membership withTwo = sinceOne.with(2, line(1, 2));

    // Then
    assertThat(withTwo).isSameAs(sinceOne);
    assertThat(withTwo).isEqualTo(new Membership(1, null, Set.of()));
  }

  @Test
  void closesTheIntervalOfAPointThatIsGone() {
    // When
    Membership gone = new Membership(1, null, Set.of()).without(3, line(1, 2, 3));

    // Then
    assertThat(gone).isEqualTo(new Membership(1, 3, Set.of()));
  }

  @Test
  void opensAnIntervalAgainForATextThatComesBack() {
    // Given
    Membership gone = new Membership(1, 2, Set.of());

    // When
    Membership back = gone.with(3, line(1, 2, 3));

    // Then
    assertThat(back).isEqualTo(new Membership(3, null, Set.of(1)));
  }

  /** Versions are indexed in any order; each time, the point is in the text or is not. */
  @Property(tries = 500)
  void answersLikeAPlainSetWhateverTheOrder(
      @ForAll @NotEmpty @Size(max = 9) List<@IntRange(min = 1, max = 9) Integer> order,
      @ForAll @Size(9) List<Boolean> holds) {
    Set<Integer> plain = new HashSet<>();
    TreeSet<Integer> indexed = new TreeSet<>();
    Membership membership = null;
    for (int version : new java.util.LinkedHashSet<>(order)) {
      indexed.add(version);
      VersionLine line = new VersionLine(indexed);
      if (holds.get(version - 1)) {
        plain.add(version);
        membership =
            membership == null
                ? Membership.startingAt(version, line)
                : membership.with(version, line);
      } else if (membership != null) {
        membership = membership.without(version, line);
        membership = membership.isEmptyOn(line) ? null : membership;
      }
      Set<Integer> seen = new HashSet<>();
      for (int asked : indexed) {
        if (membership != null && membership.contains(asked)) {
          seen.add(asked);
        }
      }
      assertThat(seen).isEqualTo(plain);
    }
  }

  private static VersionLine line(Integer... versions) {
    return new VersionLine(new TreeSet<>(Set.of(versions)));
  }
}
