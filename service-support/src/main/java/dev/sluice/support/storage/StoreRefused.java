package dev.sluice.support.storage;

import io.minio.errors.ErrorResponseException;

/** The store understood the request and refused it; the same request will be refused again. */
public final class StoreRefused extends RuntimeException {
  private final String code;

  StoreRefused(ErrorResponseException cause) {
    super(cause.errorResponse().code() + ": " + cause.errorResponse().message(), cause);
    this.code = cause.errorResponse().code();
  }

  /** S3 error code, for example {@code NoSuchKey}. */
  public String code() {
    return code;
  }
}
