package dev.nightshift.guards.lint.flow;

import java.util.Optional;

/**
 * What holds just before a statement runs.
 *
 * @param explicit whether the script itself opened the transaction
 * @param outer the statement whose body it belongs to
 */
record Situation(Settings settings, Transaction transaction, boolean explicit, Optional<Step> outer) {}
