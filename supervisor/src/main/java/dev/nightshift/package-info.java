/** Where everything is put together: the processes and what each of them is made of. The only package that knows all. */
@NullMarked
package dev.nightshift;

import org.jspecify.annotations.NullMarked;
