/**
 * A command's access to a journal through the API of a supervisor: the documents of {@code view}, read back into its
 * records.
 */
@NullMarked
package dev.nightshift.http.client;

import org.jspecify.annotations.NullMarked;
