package dev.nightshift.run;

import java.util.random.RandomGenerator;

/** Names a run: six characters that are easy to read out at night, such as {@code 7f3kmq}. */
public record RunId(String text) {

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 6;

    public RunId {
        if (!isOne(text)) {
            throw new IllegalArgumentException(
                    "expected a run id of six characters such as 7f3kmq, found '" + text + "'");
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[0-9a-z]{6}");
    }

    public static RunId random(RandomGenerator random) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunId(text.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
