package dev.sluice.support;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** An entity, so that the persistence unit exists. */
@Entity
class Note {
  @Id Long id = 0L;
  @Nullable String text;
}
