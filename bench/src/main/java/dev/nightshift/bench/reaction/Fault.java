package dev.nightshift.bench.reaction;

/** What happens to a run in its midst, and how soon its last commit has to come then. */
enum Fault {
    VANISH("vanish", "the required replica's link is cut", 2),
    STALL("stall", "the link stalls; from the moment its lag breaks the budget", 2),
    ABORT("abort", "nightshift abort --immediate, from the start of the command", 1);

    private final String word;
    private final String meaning;
    private final double seconds;

    Fault(String word, String meaning, double seconds) {
        this.word = word;
        this.meaning = meaning;
        this.seconds = seconds;
    }

    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    double seconds() {
        return seconds;
    }
}
