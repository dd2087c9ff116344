@NullMarked
package dev.nightshift.http;

import org.jspecify.annotations.NullMarked;
