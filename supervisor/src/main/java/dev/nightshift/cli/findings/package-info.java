/**
 * What the linter found, in each form in which it is printed: for people, as JSON, as SARIF, as GitHub's commands.
 *
 * <p>Functions from findings to text or documents; what is linted, and where it is printed, is decided elsewhere.
 */
@NullMarked
package dev.nightshift.cli.findings;

import org.jspecify.annotations.NullMarked;
