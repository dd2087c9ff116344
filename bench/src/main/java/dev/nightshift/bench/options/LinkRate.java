package dev.nightshift.bench.options;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the link between primary and standby carries: so many bytes a second, or all there is. */
public record LinkRate(OptionalLong bytesPerSecond) {

    private static final String UNLIMITED = "unlimited";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)(kbit|Mbit|Gbit)(?:/s)?");
    private static final Map<String, Double> BITS = Map.of("kbit", 1e3, "Mbit", 1e6, "Gbit", 1e9);

    public static LinkRate parse(String word) {
        if (word.equals(UNLIMITED)) {
            return new LinkRate(OptionalLong.empty());
        }
        Matcher matcher = FORM.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--link: expected a rate such as 80Mbit, or unlimited, found '" + word + "'");
        }
        double bits = Double.parseDouble(matcher.group(1)) * BITS.getOrDefault(matcher.group(2), 1.0);
        if (bits < 8) {
            throw new IllegalArgumentException("--link: expected at least a byte a second, found '" + word + "'");
        }
        return new LinkRate(OptionalLong.of(Math.round(bits / 8)));
    }

    /** As it is asked for: {@code 80Mbit}. */
    public String word() {
        return bytesPerSecond.isPresent() ? megabits(bytesPerSecond.getAsLong()) + "Mbit" : UNLIMITED;
    }

    @Override
    public String toString() {
        return bytesPerSecond.isPresent() ? megabits(bytesPerSecond.getAsLong()) + " Mbit/s" : UNLIMITED;
    }

    private static String megabits(long bytesPerSecond) {
        return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(bytesPerSecond * 8 / 1e6);
    }
}
