@NullMarked
package dev.nightshift.prometheus;

import org.jspecify.annotations.NullMarked;
