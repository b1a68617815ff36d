package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.AddressLife;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.part.PartViews.UrlView;
import dev.sluice.upload.part.PartViews.Urls;
import dev.sluice.upload.problem.UploadProblem.UploadOver;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.PartUrl;
import dev.sluice.upload.storage.PartUrlSigner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The step get_multipart_url: addresses are signed here, late, and never kept. */
@ApplicationScoped
public class UrlService {
  private final UploadLedgerService ledger;
  private final MultipartService multiparts;
  private final StoredPartsService stored;
  private final RestartService restart;
  private final PartUrlSigner signer;
  private final AddressLife life;

  UrlService(
      UploadLedgerService ledger,
      MultipartService multiparts,
      StoredPartsService stored,
      RestartService restart,
      PartUrlSigner signer,
      AddressLife life) {
    this.ledger = ledger;
    this.multiparts = multiparts;
    this.stored = stored;
    this.restart = restart;
    this.signer = signer;
    this.life = life;
  }

  /**
   * Where to PUT the parts; those that are stored already get no address.
   *
   * @param numbers within the plan
   * @param sums checksums of parts, which the store shall prove
   * @param neverSent whether none of them can be stored, so that the store need not be asked
   * @throws dev.sluice.support.problem.ProblemException 409 when the upload is not open
   */
  Uni<Urls> urls(
      ScopedUpload found, List<Integer> numbers, Map<Integer, String> sums, boolean neverSent) {
    Upload upload = found.upload();
    if (!(upload.state() instanceof Open)) {
      throw new UploadOver(upload.id().value(), upload.state().label(), "get_multipart_url")
          .exception();
    }
    return ledger
        .keepUrlExpiry(found.scope(), Set.of(upload.id()), life.latestExpiry())
        .chain(
            () ->
                neverSent
                    ? Uni.createFrom().item(Optional.of(List.<StoredPart>of()))
                    : stored.inStore(upload))
        .flatMap(
            parts ->
                parts.isPresent()
                    ? begun(found.scope(), upload, !sums.isEmpty())
                        .flatMap(
                            id ->
                                wanted(found.scope(), upload, parts.get(), sums)
                                    .map(there -> sign(upload, id, numbers, sums, there)))
                    : restart
                        .lost(found, !sums.isEmpty())
                        .map(
                            id ->
                                id.map(
                                        fresh ->
                                            sign(
                                                upload,
                                                Optional.of(fresh),
                                                numbers,
                                                sums,
                                                List.of()))
                                    .orElseGet(() -> merged(upload, numbers))));
  }

  /** Parts in the store that need not be sent: not those whose checksum is known to be another. */
  private Uni<List<StoredPart>> wanted(
      ProjectScope scope, Upload upload, List<StoredPart> parts, Map<Integer, String> sums) {
    List<StoredPart> fitting = parts.stream().filter(upload.plan()::fits).toList();
    return sums.isEmpty() || fitting.isEmpty()
        ? Uni.createFrom().item(fitting)
        : stored
            .summed(scope, upload, fitting)
            .map(all -> all.stream().filter(part -> isAsTold(part, sums)).toList());
  }

  private static boolean isAsTold(StoredPart part, Map<Integer, String> sums) {
    String told = sums.get(part.partNumber());
    return told == null || part.crc32c().filter(crc -> !crc.equals(told)).isEmpty();
  }

  /** An earlier, unfinished step merged the parts: there is nothing to PUT. */
  private static Urls merged(Upload upload, List<Integer> numbers) {
    return new Urls(numbers.stream().map(n -> UrlView.stored(n, upload.plan().sizeOf(n))).toList());
  }

  private Uni<Optional<String>> begun(ProjectScope scope, Upload upload, boolean checksummed) {
    return multiparts
        .ensureBucket(scope.project())
        .chain(
            () ->
                upload.plan().single()
                    ? Uni.createFrom().item(Optional.<String>empty())
                    : multiparts.begun(scope, upload, checksummed).map(Optional::of));
  }

  private Urls sign(
      Upload upload,
      Optional<String> storeId,
      List<Integer> numbers,
      Map<Integer, String> sums,
      List<StoredPart> parts) {
    Set<Integer> there = parts.stream().map(StoredPart::partNumber).collect(Collectors.toSet());
    PartUrlSigner.Signing signing =
        signer.signing(multiparts.landingOf(upload), storeId.orElse(null), life.validFor());
    return new Urls(
        numbers.stream()
            .map(
                n -> {
                  long size = upload.plan().sizeOf(n);
                  return there.contains(n)
                      ? UrlView.stored(n, size)
                      : UrlView.open(
                          n, size, signing.put(n, size, Optional.ofNullable(sums.get(n))));
                })
            .toList());
  }

  /**
   * Addresses for files of one part, all of this moment.
   *
   * @param noted uploads whose rows say already until when they may be used
   * @param others uploads of which that is still to be written down
   */
  public Uni<Singles> singles(
      ProjectScope scope, Collection<UploadId> noted, Collection<UploadId> others) {
    if (noted.isEmpty() && others.isEmpty()) {
      return Uni.createFrom().item(new Singles(Set.of()));
    }
    Set<UploadId> ids = new HashSet<>(noted);
    ids.addAll(others);
    Uni<Void> written =
        others.isEmpty()
            ? Uni.createFrom().voidItem()
            : ledger.keepUrlExpiry(scope, others, life.latestExpiry());
    return written
        .chain(() -> multiparts.ensureBucket(scope.project()))
        .replaceWith(() -> new Singles(ids));
  }

  /** Signs the only part of each of some uploads. */
  public final class Singles {
    private final Set<UploadId> ids;

    private Singles(Set<UploadId> ids) {
      this.ids = ids;
    }

    /**
     * Where to PUT the file; empty when it was not asked for.
     *
     * @param crc32c checksum that the store shall prove
     */
    public Optional<PartUrl> of(Upload upload, Optional<String> crc32c) {
      return ids.contains(upload.id())
          ? Optional.of(
              signer
                  .signing(multiparts.landingOf(upload), null, life.validFor())
                  .put(1, upload.content().size(), crc32c))
          : Optional.empty();
    }
  }
}
