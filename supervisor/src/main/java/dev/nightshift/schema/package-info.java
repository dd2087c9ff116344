/**
 * What Flyway does here: it installs and upgrades the journal, and applies the versioned migrations of a plan.
 *
 * <p>The only package that names Flyway and the JDBC driver. Everything in it blocks; callers run it on a worker pool.
 */
@NullMarked
package dev.nightshift.schema;

import org.jspecify.annotations.NullMarked;
