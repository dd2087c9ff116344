package dev.nightshift.http.api;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A served API for each test of a class. */
abstract class ServedApi {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    ApiClient api;

    @BeforeEach
    final void start() {
        api = new ApiClient(directory);
    }

    @AfterEach
    final void stop() {
        api.close();
    }
}
