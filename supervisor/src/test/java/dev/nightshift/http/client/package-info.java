@NullMarked
package dev.nightshift.http.client;

import org.jspecify.annotations.NullMarked;
