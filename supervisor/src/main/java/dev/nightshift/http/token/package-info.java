/**
 * Who may speak to the API: the file of hashed tokens, read again when it changes, and how often an address may be
 * wrong. No network, no routes.
 */
@NullMarked
package dev.nightshift.http.token;

import org.jspecify.annotations.NullMarked;
