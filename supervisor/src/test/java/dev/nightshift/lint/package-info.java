@NullMarked
package dev.nightshift.lint;

import org.jspecify.annotations.NullMarked;
