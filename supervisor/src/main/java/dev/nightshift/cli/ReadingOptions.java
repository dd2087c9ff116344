package dev.nightshift.cli;

import picocli.CommandLine.Mixin;

/** The options of commands that tell of runs: where from, and how it is printed. */
final class ReadingOptions {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOption server = new ServerOption();

    boolean isJson() {
        return output.isJson();
    }

    ServerOption server() {
        return server;
    }
}
