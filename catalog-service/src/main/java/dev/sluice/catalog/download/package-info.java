/**
 * Files of a version on their way out: addresses of many at once, or all in one archive.
 *
 * <p><b>In</b>: /versions/{v}/urls, /versions/{v}/archive. <b>Does</b>: finds the files, signs
 * addresses, or writes zip and tar as fast as they are taken, with every SHA-256 checked.
 * <b>Out</b>: nothing; bytes come from the object store.
 */
@NullMarked
package dev.sluice.catalog.download;

import org.jspecify.annotations.NullMarked;
