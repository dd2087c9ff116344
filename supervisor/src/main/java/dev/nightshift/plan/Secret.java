package dev.nightshift.plan;

import java.nio.file.Path;

/** Where something secret stands; its text shows the place and never what stands there. */
public sealed interface Secret {

    /** What settings may say openly: it is shown nowhere all the same. */
    record Open(String value) implements Secret {
        @Override
        public String toString() {
            return "the settings";
        }
    }

    record InFile(Path file) implements Secret {
        @Override
        public String toString() {
            return "file " + file;
        }
    }

    record InEnvironment(String variable) implements Secret {
        @Override
        public String toString() {
            return "environment variable " + variable;
        }
    }
}
