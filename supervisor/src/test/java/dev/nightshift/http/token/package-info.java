@NullMarked
package dev.nightshift.http.token;

import org.jspecify.annotations.NullMarked;
