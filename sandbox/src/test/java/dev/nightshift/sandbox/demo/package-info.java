@NullMarked
package dev.nightshift.sandbox.demo;

import org.jspecify.annotations.NullMarked;
