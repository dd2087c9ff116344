@NullMarked
package dev.nightshift.http.courier;

import org.jspecify.annotations.NullMarked;
