/** How results are written: JSON, tables, a chart. Pure. */
@NullMarked
package dev.nightshift.bench.report;

import org.jspecify.annotations.NullMarked;
