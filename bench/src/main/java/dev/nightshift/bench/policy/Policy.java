package dev.nightshift.bench.policy;

import java.io.IOException;
import java.sql.SQLException;

/** One way to change every row; an object serves for one migration. */
public sealed interface Policy permits SingleUpdate, KeyBatches, OnOff, TimeOptimiser, Nightshift {

    /** Returns when it considers every row done, and throws when it has to give up. */
    void carryOut(Scene scene) throws SQLException, IOException, InterruptedException;

    /** About which share of the rows is done, asked by another thread meanwhile. */
    double share(Scene scene);
}
