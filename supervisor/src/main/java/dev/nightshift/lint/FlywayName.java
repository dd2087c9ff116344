package dev.nightshift.lint;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a migration tells: {@code V2.1__add_note.sql} is version 2.1, {@code R__views.sql} is repeatable.
 *
 * @param kind in the order in which Flyway takes them; other names come last
 * @param version its numbers; empty for kinds without
 */
record FlywayName(Kind kind, List<BigInteger> version) {

    enum Kind {
        VERSIONED,
        UNDO,
        REPEATABLE,
        OTHER
    }

    private static final Pattern WITH_VERSION = Pattern.compile("([VBU])(\\d+(?:[._]\\d+)*)__.*\\.sql");
    private static final Pattern REPEATABLE = Pattern.compile("R__.*\\.sql");
    private static final Pattern DIGITS_OR_OTHER = Pattern.compile("\\d+|\\D+");

    private static final String UP = ".up.sql";
    private static final String DOWN = ".down.sql";

    static FlywayName of(Path file) {
        String name = String.valueOf(file.getFileName());
        Matcher versioned = WITH_VERSION.matcher(name);
        if (versioned.matches()) {
            Kind kind = versioned.group(1).equals("U") ? Kind.UNDO : Kind.VERSIONED;
            return new FlywayName(kind, numbers(versioned.group(2)));
        }
        return new FlywayName(REPEATABLE.matcher(name).matches() ? Kind.REPEATABLE : Kind.OTHER, List.of());
    }

    /** Numbers of a version such as {@code 2.1}; trailing zeroes say nothing. */
    static List<BigInteger> numbers(String version) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : version.split("[._]", -1)) {
            numbers.add(new BigInteger(part));
        }
        while (numbers.size() > 1 && numbers.get(numbers.size() - 1).signum() == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return numbers;
    }

    static Comparator<Path> order() {
        return Comparator.comparing((Path file) -> of(file).kind())
                .thenComparing(file -> of(file).version(), FlywayName::compare)
                .thenComparing(Path::toString, FlywayName::compareNaturally);
    }

    static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            BigInteger left = i < one.size() ? one.get(i) : BigInteger.ZERO;
            BigInteger right = i < other.size() ? other.get(i) : BigInteger.ZERO;
            if (!left.equals(right)) {
                return left.compareTo(right);
            }
        }
        return 0;
    }

    /** As a person sorts names: {@code 2.sql} before {@code 10.sql}. */
    static int compareNaturally(String one, String other) {
        Matcher left = DIGITS_OR_OTHER.matcher(one);
        Matcher right = DIGITS_OR_OTHER.matcher(other);
        while (left.find() && right.find()) {
            boolean numbers = isDigit(left.group()) && isDigit(right.group());
            int order = numbers
                    ? new BigInteger(left.group()).compareTo(new BigInteger(right.group()))
                    : left.group().compareTo(right.group());
            if (order != 0) {
                return order;
            }
        }
        return one.compareTo(other);
    }

    private static boolean isDigit(String run) {
        return run.charAt(0) >= '0' && run.charAt(0) <= '9';
    }

    static boolean undoes(Path file) {
        return of(file).kind() == Kind.UNDO || file.toString().endsWith(DOWN);
    }

    /** Whether one of the files is its down script: {@code U2__…} for {@code V2__…}, {@code x.down.sql} for {@code x.up.sql}. */
    static boolean hasUndo(Path file, List<Path> beside) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(UP)) {
            return beside.contains(file.resolveSibling(name.substring(0, name.length() - UP.length()) + DOWN));
        }
        FlywayName own = of(file);
        return own.kind() == Kind.VERSIONED
                && beside.stream()
                        .map(FlywayName::of)
                        .anyMatch(other ->
                                other.kind() == Kind.UNDO && other.version().equals(own.version()));
    }
}
