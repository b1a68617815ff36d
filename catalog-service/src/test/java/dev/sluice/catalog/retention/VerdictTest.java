package dev.sluice.catalog.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.retention.Verdict.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void keepsTheNewest() {
    assertThat(step(rule(2, null), sealed(2, 100))).isEqualTo(Step.KEEP);
    assertThat(step(rule(2, null), sealed(3, 100))).isEqualTo(Step.WITHDRAW);
  }

  @Test
  void keepsTheYoung() {
    assertThat(step(rule(null, 30), sealed(3, 29))).isEqualTo(Step.KEEP);
    assertThat(step(rule(null, 30), sealed(3, 30))).isEqualTo(Step.WITHDRAW);
  }

  @Test
  void keepsWhatEitherNumberKeeps() {
    assertThat(step(rule(5, 30), sealed(5, 100))).isEqualTo(Step.KEEP);
    assertThat(step(rule(5, 30), sealed(6, 1))).isEqualTo(Step.KEEP);
    assertThat(step(rule(5, 30), sealed(6, 100))).isEqualTo(Step.WITHDRAW);
  }

  @Test
  void keepsTheLastOneHoweverOld() {
    assertThat(step(rule(null, 1), sealed(1, 1_000))).isEqualTo(Step.KEEP);
  }

  @Test
  void keepsReleasedVersionsUnlessTold() {
    RetentionRule all = new RetentionRule(1, null, false);
    assertThat(step(rule(1, null), of("released", 9, 100))).isEqualTo(Step.KEEP);
    assertThat(step(all, of("released", 9, 100))).isEqualTo(Step.WITHDRAW);
  }

  @Test
  void keepsWhatIsNamedOrNeeded() {
    Candidate named = of("withdrawn", 9, 100, List.of("alias prod"), List.of());
    Candidate needed = of("sealed", 9, 100, List.of(), List.of("draft chunks@v1"));
    assertThat(verdict(rule(1, null), named).why()).isEqualTo("named alias prod");
    assertThat(step(rule(1, null), named)).isEqualTo(Step.KEEP);
    assertThat(verdict(rule(1, null), needed).why()).isEqualTo("needed by draft chunks@v1");
    assertThat(step(rule(1, null), needed)).isEqualTo(Step.KEEP);
  }

  @Test
  void purgesWhatWasWithdrawnLongEnough() {
    assertThat(step(rule(1, null), of("withdrawn", 9, 7))).isEqualTo(Step.PURGE);
    assertThat(step(rule(1, null), of("withdrawn", 9, 6))).isEqualTo(Step.KEEP);
  }

  private static Step step(RetentionRule rule, Candidate of) {
    return verdict(rule, of).step();
  }

  private static Verdict verdict(RetentionRule rule, Candidate of) {
    return Verdict.of(rule, of, NOW, WEEK);
  }

  private static RetentionRule rule(@Nullable Integer last, @Nullable Integer days) {
    return new RetentionRule(last, days, null).checked();
  }

  private static Candidate sealed(int place, int age) {
    return of("sealed", place, age);
  }

  private static Candidate of(String state, int place, int age) {
    return of(state, place, age, List.of(), List.of());
  }

  private static Candidate of(
      String state, int place, int age, List<String> names, List<String> drafts) {
    Instant then = NOW.minus(Duration.ofDays(age));
    return new Candidate(new UUID(0, 1), 3, state, 1, 10, place, then, then, names, drafts);
  }
}
