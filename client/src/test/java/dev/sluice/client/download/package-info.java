/** Tests of uploads against a small service and object store in the same process. */
@org.jspecify.annotations.NullMarked
package dev.sluice.client.download;
