package dev.sluice.upload.importing.transfer;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.importing.transfer.Run.Tally;
import dev.sluice.upload.source.Source;
import dev.sluice.upload.source.SourceFile;

/** A file and all that is needed to bring it. */
record Work(
    Run run, ProjectScope scope, Tally tally, Landing landing, Source source, SourceFile file) {}
