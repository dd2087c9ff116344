package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.tree.SqlType;
import dev.nightshift.guards.lint.tree.Types;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Changes of type that PostgreSQL makes in the catalog alone, with the bytes on disk left as they are. */
final class TypeWidening {
    private static final Pattern TYPE =
            Pattern.compile("([a-z0-9_ ]+?)\\s*(?:\\(([0-9]+)(?:,([0-9-]+))?\\))?( with(?:out)? time zone)?");
    private static final Set<String> STRINGS = Set.of("varchar", "text");
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz", "time", "timetz", "interval");

    private TypeWidening() {}

    /** {@code old} as format_type() writes it. */
    static boolean isFree(String old, SqlType wanted, boolean utc) {
        Matcher matcher = TYPE.matcher(old);
        if (!matcher.matches() || wanted.isArray()) {
            return false;
        }
        String zone = matcher.group(4) == null ? "" : matcher.group(4);
        String from = Types.internal(matcher.group(1) + zone);
        String to = Types.internal(wanted.base());
        List<Long> before = Stream.of(2, 3)
                .map(matcher::group)
                .filter(group -> group != null)
                .map(Long::valueOf)
                .toList();
        return isFree(from, before, to, wanted.modifiers(), utc);
    }

    private static boolean isFree(String from, List<Long> before, String to, List<Long> after, boolean utc) {
        if (from.equals(to) && before.equals(after)) {
            return true;
        }
        if ((STRINGS.contains(from) && STRINGS.contains(to)) || (from.equals("varbit") && to.equals("varbit"))) {
            return widens(before, after);
        }
        if (from.equals("numeric") && to.equals("numeric")) {
            return after.isEmpty() || (!before.isEmpty() && scale(before) == scale(after) && widens(before, after));
        }
        if (utc
                && ((from.equals("timestamp") && to.equals("timestamptz"))
                        || (from.equals("timestamptz") && to.equals("timestamp")))) {
            return widens(before, after);
        }
        if (TIMES.contains(from) && from.equals(to)) {
            return widens(before, after);
        }
        return from.equals("cidr") && to.equals("inet");
    }

    /** No limit, or one that is not smaller than the one before. */
    private static boolean widens(List<Long> before, List<Long> after) {
        return after.isEmpty() || (!before.isEmpty() && after.get(0) >= before.get(0));
    }

    private static long scale(List<Long> numeric) {
        return numeric.size() > 1 ? numeric.get(1) : 0;
    }
}
