@NullMarked
package dev.nightshift.announce;

import org.jspecify.annotations.NullMarked;
