package dev.sluice.local.store;

import java.io.InputStream;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A store of which only a scope can be reached; whatever is not named here is refused. */
final class ScopedStore implements BlobStore {
  private static final int FORBIDDEN = 403;

  private final BlobStore store;
  private final Scope scope;

  ScopedStore(BlobStore store, Scope scope) {
    this.store = store;
    this.scope = scope;
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    String prefix = request.prefix();
    require(scope.mayList(request.bucket(), prefix == null ? "" : prefix));
    return store.list(request);
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    require(scope.knows(request.bucket()));
    return store.headBucket(request);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    require(
        scope.mayRead(request.bucket(), request.key())
            || scope.mayWrite(request.bucket(), request.key()));
    return store.blobMetadata(request);
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    require(scope.mayRead(request.bucket(), request.key()));
    return store.getBlob(request);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    require(scope.mayWrite(request.bucket(), request.key()));
    return store.putBlob(request, payload);
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    require(scope.mayWrite(request.bucket(), request.key()));
    return store.initiateMultipartUpload(request);
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    requireWrite(upload);
    store.abortMultipartUpload(upload);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    requireWrite(upload);
    return store.completeMultipartUpload(upload, request);
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream payload) {
    requireWrite(upload);
    return store.uploadMultipartPart(upload, request, payload);
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    requireWrite(upload);
    return store.listMultipartUpload(upload);
  }

  @Override
  public long getMinimumMultipartPartSize() {
    return store.getMinimumMultipartPartSize();
  }

  @Override
  public ListBucketsResponse list() {
    throw refusal();
  }

  @Override
  public CreateBucketResponse createContainer(CreateBucketRequest request) {
    throw refusal();
  }

  @Override
  public BucketCannedACL getContainerAccess(String container) {
    throw refusal();
  }

  @Override
  public void setContainerAccess(String container, BucketCannedACL access) {
    throw refusal();
  }

  @Override
  public void deleteBucket(String container) {
    throw refusal();
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    throw refusal();
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    throw refusal();
  }

  @Override
  public ObjectCannedACL getBlobAccess(String container, String name) {
    throw refusal();
  }

  @Override
  public void setBlobAccess(String container, String name, ObjectCannedACL access) {
    throw refusal();
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String container) {
    throw refusal();
  }

  private void requireWrite(MultipartUpload upload) {
    require(scope.mayWrite(upload.containerName(), upload.blobName()));
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw refusal();
    }
  }

  private static RuntimeException refusal() {
    return S3Exceptions.fromStatusCode(FORBIDDEN);
  }
}
