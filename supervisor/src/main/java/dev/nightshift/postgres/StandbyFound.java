package dev.nightshift.postgres;

import dev.nightshift.plan.DatabaseUrl;

/** A host that answered is a standby; another host of the URL may be the primary. */
final class StandbyFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    StandbyFound(DatabaseUrl.Host host) {
        super(host + " is a standby");
    }
}
