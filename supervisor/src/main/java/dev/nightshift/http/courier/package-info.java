/**
 * Brings notifications to their receivers over HTTP: signed, with TLS verified, never redirected, within limits of time and
 * size. The JDK's client is used here because it looks up names on a thread of its own.
 */
@NullMarked
package dev.nightshift.http.courier;

import org.jspecify.annotations.NullMarked;
