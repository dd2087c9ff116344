@NullMarked
package dev.nightshift.cli.findings;

import org.jspecify.annotations.NullMarked;
