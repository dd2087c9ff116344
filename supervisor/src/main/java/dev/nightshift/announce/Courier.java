package dev.nightshift.announce;

import dev.nightshift.plan.Receiver;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;

/** Brings messages to receivers; never fails, and never waits longer than it says. */
public interface Courier {

    Future<Answer> send(Receiver receiver, Notification message);
}
