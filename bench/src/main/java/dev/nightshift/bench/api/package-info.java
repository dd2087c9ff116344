/** The API of {@code serve} under load, beside a run that the same process supervises. */
@NullMarked
package dev.nightshift.bench.api;

import org.jspecify.annotations.NullMarked;
