/**
 * A real PostgreSQL primary and standbys on this machine, with a link between them that can be hurt.
 *
 * <p>Used by tests, the demo and the benchmarks. Servers are real processes on free loopback ports with scram
 * passwords; they and their directories go when the cluster is closed, and also when this JVM is killed. Nothing here
 * knows the rest of Nightshift.
 */
@NullMarked
package dev.nightshift.sandbox;

import org.jspecify.annotations.NullMarked;
