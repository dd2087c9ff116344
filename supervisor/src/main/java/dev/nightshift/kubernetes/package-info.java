/**
 * Kubernetes: what the cluster does for a run.
 *
 * <p>The only package that names the Kubernetes client, and loaded only where it is asked for. Every call of it has a time
 * limit and never waits on an event loop. Nothing is concluded from the API server's silence.
 */
@NullMarked
package dev.nightshift.kubernetes;

import org.jspecify.annotations.NullMarked;
