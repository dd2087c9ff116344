@NullMarked
package dev.nightshift.http.page;

import org.jspecify.annotations.NullMarked;
