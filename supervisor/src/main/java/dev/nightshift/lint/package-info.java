/**
 * Which SQL is linted and how it is run: files, directories in Flyway's order, and the statements of a plan.
 *
 * <p>The rules themselves are in {@code guards}; how findings are shown is for {@code cli.findings} to say.
 */
@NullMarked
package dev.nightshift.lint;

import org.jspecify.annotations.NullMarked;
