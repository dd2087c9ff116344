package dev.nightshift.plan;

/**
 * A piece of SQL between white space and comments.
 *
 * @param text words in capitals, everything else as written
 * @param depth how many parentheses are open around it; an opening and its closing one have the same depth
 * @param start where it begins in the text
 * @param end just behind its last character
 */
record SqlToken(Kind kind, String text, int depth, int start, int end) {

    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL
    }

    boolean is(String wordOrSymbol) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(wordOrSymbol);
    }

    /** Whether it is this name of the catalog; words count in any case, since their capitals are not kept. */
    boolean means(String name) {
        return kind == Kind.WORD ? text.equalsIgnoreCase(name) : text.equals(new Identifier(name).quoted());
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
