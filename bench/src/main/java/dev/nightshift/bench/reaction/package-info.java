/** How long a run goes on committing after something has gone wrong, or after a person has ended it. */
@NullMarked
package dev.nightshift.bench.reaction;

import org.jspecify.annotations.NullMarked;
