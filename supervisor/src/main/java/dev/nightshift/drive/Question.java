package dev.nightshift.drive;

import io.vertx.core.Future;

/** A question of a plan to somebody outside, whose answer is one number. */
public interface Question {

    /** Fails when there is no answer in time, or it is not one number; never waits. */
    Future<Double> ask();
}
