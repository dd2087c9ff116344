/**
 * The page that people open in a browser: files that hold no data, served to anybody who asks. What it shows it reads
 * through the API, with the token that a person signs in with.
 *
 * <p>The files lie beside this package's classes, as they are served: there is no build step.
 */
@NullMarked
package dev.nightshift.http.page;

import org.jspecify.annotations.NullMarked;
