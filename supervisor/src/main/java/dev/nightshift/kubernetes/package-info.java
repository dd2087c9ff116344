/**
 * Kubernetes: workers as Jobs, and what else a cluster does for a run.
 *
 * <p>Implements the launcher port of {@code drive}. The only package that names the Kubernetes client, and loaded only where
 * it is asked for. Every call of it has a time limit and waits on threads of its own, never on an event loop. Nothing is
 * concluded from the API server's silence.
 */
@NullMarked
package dev.nightshift.kubernetes;

import org.jspecify.annotations.NullMarked;
