package dev.nightshift.view;

import dev.nightshift.run.Freeze;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The freeze switch of a database in memory. */
public final class FakeFreezes implements Freezes {

    public static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");

    private final List<Freeze> on = new ArrayList<>();

    @Override
    public List<Freeze> on() {
        return List.copyOf(on);
    }

    @Override
    public long freeze(Asked wish, Optional<Instant> until) {
        on.add(new Freeze(on.size() + 1, wish.reason(), wish.by(), wish.from(), AT, until));
        return on.size();
    }

    @Override
    public long thaw(Asked wish) {
        int were = on.size();
        on.clear();
        return were;
    }
}
