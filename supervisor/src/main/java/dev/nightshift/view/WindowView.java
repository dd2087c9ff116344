package dev.nightshift.view;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The hours in which a run may work.
 *
 * @param changesAt when it closes if it is open, else when it opens next
 */
public record WindowView(boolean open, Instant changesAt, ZoneId zone) {}
