package dev.nightshift.http.api;

import java.util.ArrayList;
import java.util.List;

/** Everything that is served. */
final class Endpoints {

    private Endpoints() {}

    static List<Endpoint> all(Feeds feeds, Streams streams, AlertDesk alerts) {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new RunLists(feeds).endpoints());
        all.addAll(new Reads(feeds, streams).endpoints());
        all.addAll(new SchemaReads(feeds).endpoints());
        all.addAll(new IntentDesk(feeds).endpoints());
        all.addAll(new AuditDesk(feeds).endpoints());
        all.addAll(new SubmissionDesk(feeds).endpoints());
        all.addAll(new FreezeDesk(feeds).endpoints());
        all.addAll(alerts.endpoints());
        all.addAll(new Description().endpoints());
        return List.copyOf(all);
    }
}
