package dev.sluice.processing.run;

import java.util.UUID;

/** The right of one replica to act on one run, until its lease ends. */
public record Claim(RunId run, UUID holder) {}
