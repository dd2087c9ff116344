/** The rules, one a file, each with its own bad and good example; {@code Rules} lists them. */
@NullMarked
package dev.nightshift.guards.lint.rule;

import org.jspecify.annotations.NullMarked;
