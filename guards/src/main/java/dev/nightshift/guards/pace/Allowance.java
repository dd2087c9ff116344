package dev.nightshift.guards.pace;

/**
 * What a walk may write now.
 *
 * @param rate WAL bytes a second; infinite when nothing limits it, 0 while nothing may be written
 * @param why it is 0, for people; else empty
 */
public record Allowance(double rate, String why) {

    public static final Allowance UNLIMITED = of(Double.POSITIVE_INFINITY);

    public Allowance {
        if (!(rate >= 0)) {
            throw new IllegalArgumentException("expected a rate of 0 or more, found " + rate);
        }
    }

    public static Allowance of(double rate) {
        return new Allowance(rate, "");
    }

    public static Allowance none(String why) {
        return new Allowance(0, why);
    }
}
