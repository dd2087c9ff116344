@NullMarked
package dev.nightshift.bench.report;

import org.jspecify.annotations.NullMarked;
