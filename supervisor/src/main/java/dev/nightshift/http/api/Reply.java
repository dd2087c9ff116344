package dev.nightshift.http.api;

import java.util.Optional;

/**
 * What a request is answered with when nothing went wrong: a JSON document.
 *
 * @param location where what was made can be read
 */
record Reply(int status, String json, Optional<String> location) {

    /** The answer is being written already, and has no end of its own. */
    static final Reply STREAMED = new Reply(200, "", Optional.empty());

    static Reply ok(String json) {
        return new Reply(200, json, Optional.empty());
    }

    static Reply created(String json, String location) {
        return new Reply(201, json, Optional.of(location));
    }

    static Reply accepted(String json, String location) {
        return new Reply(202, json, Optional.of(location));
    }
}
