/**
 * Programs of others, run as children of this process: each with a time limit, with no more of its output kept than a
 * person reads, without secrets in what is kept, and gone when whoever started it is.
 *
 * <p>Knows nothing of what the programs are for, and names no library. Blocking code.
 */
@NullMarked
package dev.nightshift.program;

import org.jspecify.annotations.NullMarked;
