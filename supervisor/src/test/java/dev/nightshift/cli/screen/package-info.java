@NullMarked
package dev.nightshift.cli.screen;

import org.jspecify.annotations.NullMarked;
