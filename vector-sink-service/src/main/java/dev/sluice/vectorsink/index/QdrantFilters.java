package dev.sluice.vectorsink.index;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.isEmpty;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;

/** Filters in Qdrant's form. */
final class QdrantFilters {
  private QdrantFilters() {}

  static Filter of(PointFilter wanted) {
    Filter.Builder all =
        Filter.newBuilder()
            .addMust(matchKeyword(PayloadFields.DATASET_ID, wanted.datasetId().toString()));
    if (wanted.recipe() != null) {
      all.addMust(matchKeyword(PayloadFields.RECIPE, wanted.recipe()));
    }
    if (wanted.version() != null) {
      all.addMust(heldBy(wanted.version()));
    }
    if (wanted.sourceSha256() != null) {
      all.addMust(matchKeyword(PayloadFields.SOURCE_SHA256, wanted.sourceSha256()));
    }
    wanted.butNot().versions().forEach(version -> all.addMustNot(heldBy(version)));
    return all.build();
  }

  private static Condition heldBy(int version) {
    return filter(
        Filter.newBuilder()
            .addShould(inInterval(version))
            .addShould(match(PayloadFields.ALSO, version))
            .build());
  }

  private static Condition inInterval(int version) {
    Condition begun = range(PayloadFields.FROM, Range.newBuilder().setLte(version).build());
    Condition notEnded =
        filter(
            Filter.newBuilder()
                .addShould(isEmpty(PayloadFields.TO))
                .addShould(range(PayloadFields.TO, Range.newBuilder().setGt(version).build()))
                .build());
    return filter(Filter.newBuilder().addMust(begun).addMust(notEnded).build());
  }
}
