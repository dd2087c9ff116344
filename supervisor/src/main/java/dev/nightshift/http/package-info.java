/**
 * What is served over HTTP: metrics, liveness and readiness.
 *
 * <p>Only Vert.x is named here; what is served comes through {@link dev.nightshift.http.Exposed}.
 */
@NullMarked
package dev.nightshift.http;

import org.jspecify.annotations.NullMarked;
