@NullMarked
package dev.nightshift.view;

import org.jspecify.annotations.NullMarked;
