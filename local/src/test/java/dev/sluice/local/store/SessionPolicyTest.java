package dev.sluice.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void reachesWhatItNamesAndNothingElse() {
    // When
    Scope scope =
        SessionPolicy.scope(
            """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::b/dataset/*"]},
            {"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::b"]},
            {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/dataset/d/v2/*"}]}
            """,
            NOON);

    // Then
    assertThat(scope.mayRead("b", "dataset/other/v1/x")).isTrue();
    assertThat(scope.mayRead("bb", "dataset/other/v1/x")).isFalse();
    assertThat(scope.mayRead("b", "secret")).isFalse();
    assertThat(scope.mayWrite("b", "dataset/d/v2/part")).isTrue();
    assertThat(scope.mayWrite("b", "dataset/d/v21/part")).isFalse();
    assertThat(scope.mayList("b", "")).isTrue();
    assertThat(scope.mayList("c", "")).isFalse();
  }

  @Test
  void listsBelowItsPrefixAlone() {
    // When
    Scope scope =
        SessionPolicy.scope(
            """
            {"Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b",
            "Condition":{"StringLike":{"s3:prefix":"dataset/d/v2/*"}}}}
            """,
            NOON);

    // Then
    assertThat(scope.mayList("b", "dataset/d/v2/_sluice/")).isTrue();
    assertThat(scope.mayList("b", "dataset/d/v2/")).isTrue();
    assertThat(scope.mayList("b", "dataset/d/v2")).isFalse();
    assertThat(scope.mayList("b", "")).isFalse();
    assertThat(scope.mayList("bb", "dataset/d/v2/")).isFalse();
    assertThat(Scope.ofAccessKey(scope.accessKey())).contains(scope);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "nonsense",
        "{'Statement':{'Effect':'Deny','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
        "{'Statement':{'Effect':'Allow','Action':['s3:ListBucket','s3:GetObject'],"
            + "'Resource':'arn:aws:s3:::b','Condition':{'StringLike':{'s3:prefix':'d/*'}}}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b',"
            + "'Condition':{'StringLike':{'s3:prefix':'*'}}}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b',"
            + "'Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/*'}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::*'}}",
        "{'Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b*/c*'}}"
      })
  void refusesWhatItDoesNotUnderstand(String policy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionPolicy.scope(policy.replace('\'', '"'), NOON));
  }

  @Test
  void survivesTheWayThroughAnAccessKey() {
    // Given
    Scope scope =
        SessionPolicy.scope(
            "{'Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/ä*'}}"
                .replace('\'', '"'),
            NOON);

    // When
    Scope read = Scope.ofAccessKey(scope.accessKey()).orElseThrow();

    // Then
    assertThat(read).isEqualTo(scope);
    assertThat(read.secretKey("one")).isNotEqualTo(read.secretKey("other"));
    assertThat(Scope.ofAccessKey("sluice")).isEmpty();
    assertThat(Scope.ofAccessKey("SCOPED-???")).isEmpty();
  }
}
