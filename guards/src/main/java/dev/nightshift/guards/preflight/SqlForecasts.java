package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.StepSql.Effect;
import dev.nightshift.guards.preflight.StepSql.Touch;
import dev.nightshift.guards.preflight.WalForecast.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What statements that write a table or an index as a whole are expected to write: its size now. */
final class SqlForecasts {

    /** Of an index that has no other beside it to be measured by: a key of a number or a uuid. */
    private static final double ENTRY = 32;

    private SqlForecasts() {}

    static List<WalForecast> of(List<StepSql> steps, List<Table> tables) {
        List<WalForecast> all = new ArrayList<>();
        for (StepSql step : steps) {
            for (Touch touch : step.touches()) {
                tables.stream()
                        .filter(table -> table.name().equals(touch.table()))
                        .findFirst()
                        .flatMap(table -> of(step.step(), touch, table))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<WalForecast> of(String step, Touch touch, Table table) {
        if (touch.has(Effect.REWRITES)) {
            return Optional.of(forecast(step, table, (double) table.bytes(), Basis.REWRITE));
        }
        return touch.has(Effect.BUILDS_INDEX)
                ? Optional.of(forecast(step, table, index(table), Basis.INDEX))
                : Optional.empty();
    }

    private static double index(Table table) {
        return table.indexes() == 0 ? table.rows() * ENTRY : (double) table.indexBytes() / table.indexes();
    }

    private static WalForecast forecast(String step, Table table, double bytes, Basis basis) {
        return new WalForecast(step, table.name(), table.rows(), bytes, bytes, basis);
    }
}
