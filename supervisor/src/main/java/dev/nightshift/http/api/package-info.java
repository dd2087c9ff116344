/**
 * The API of a standing supervisor: reads, commands, and who may do what. Paths and answers are in {@code openapi.yaml}
 * beside this package's classes.
 *
 * <p>Runs on an event loop of its own, never on the one that supervises. Journals are reached through
 * {@link dev.nightshift.http.api.Book}; what is asked often is answered from memory ({@link dev.nightshift.http.api.Feed}).
 */
@NullMarked
package dev.nightshift.http.api;

import org.jspecify.annotations.NullMarked;
