@org.jspecify.annotations.NullMarked
package dev.sluice.client.wire;
