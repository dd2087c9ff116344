@NullMarked
package dev.nightshift.bench.policy;

import org.jspecify.annotations.NullMarked;
