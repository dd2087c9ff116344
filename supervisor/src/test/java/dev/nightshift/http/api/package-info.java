@NullMarked
package dev.nightshift.http.api;

import org.jspecify.annotations.NullMarked;
