package dev.nightshift.cli;

import picocli.CommandLine.Option;

/** The option of commands that print text for people or a document for programs. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            converter = Output.TextOrJson.class,
            description = "How it is printed (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    boolean isJson() {
        return output == Output.JSON;
    }
}
