package dev.nightshift.guards.guard;

/** On which side of a limit a value breaches it. */
public enum Comparison {
    AT_LEAST(">="),
    ABOVE(">"),
    AT_MOST("<="),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** {@code >=}. */
    public String text() {
        return sign;
    }

    public boolean breaches(double value, double limit) {
        return switch (this) {
            case AT_LEAST -> value >= limit;
            case ABOVE -> value > limit;
            case AT_MOST -> value <= limit;
            case BELOW -> value < limit;
        };
    }

    /** Whether small values are the bad ones, as with free space. */
    public boolean fallsBad() {
        return this == AT_MOST || this == BELOW;
    }

    /** The sign as a person would write it for these two numbers: 2.3 is {@code >} 2, not {@code >=}. */
    public String sign(double value, double limit) {
        if (this == AT_LEAST && value > limit) {
            return ABOVE.sign;
        }
        return this == AT_MOST && value < limit ? BELOW.sign : sign;
    }

    /** The sign of a value that does not breach. */
    String otherSign() {
        return switch (this) {
            case AT_LEAST -> BELOW.sign;
            case ABOVE -> AT_MOST.sign;
            case AT_MOST -> ABOVE.sign;
            case BELOW -> AT_LEAST.sign;
        };
    }
}
