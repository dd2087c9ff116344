package dev.nightshift.guards.lint.script;

/** A comment that speaks to Nightshift: {@code -- nightshift:word rest}. */
public record Comment(String word, String rest, int start, int end) {
    public Comment shifted(int by) {
        return new Comment(word, rest, start + by, end + by);
    }
}
