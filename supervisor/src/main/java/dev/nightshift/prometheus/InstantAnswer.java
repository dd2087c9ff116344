package dev.nightshift.prometheus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads what {@code /api/v1/query} answers: one number, or why there is none. */
final class InstantAnswer {

    private static final int SHOWN = 200;

    private InstantAnswer() {}

    /**
     * The one number.
     *
     * @throws NoAnswer when it is an error, incomplete, empty, more than one number, or none
     */
    static double of(int status, Buffer body) {
        if (status != 200) {
            throw new NoAnswer("HTTP " + status + error(body));
        }
        try {
            return number(body.toJsonObject());
        } catch (DecodeException | ClassCastException | IndexOutOfBoundsException e) {
            throw new NoAnswer("the answer is not one of Prometheus", e);
        }
    }

    private static double number(JsonObject answer) {
        JsonObject data = answer.getJsonObject("data", new JsonObject());
        if (!"success".equals(answer.getString("status"))) {
            throw new NoAnswer("it failed: " + shortened(answer.getString("error", "no reason given")));
        }
        // What answers for several servers says so when one of them was silent.
        if (!answer.getJsonArray("warnings", new JsonArray()).isEmpty()) {
            throw new NoAnswer("it may be incomplete: "
                    + shortened(answer.getJsonArray("warnings").getString(0)));
        }
        String type = data.getString("resultType", "");
        JsonArray result = data.getJsonArray("result", new JsonArray());
        if (type.equals("scalar")) {
            return number(result);
        }
        if (!type.equals("vector")) {
            throw new NoAnswer("expected a number, found a " + (type.isEmpty() ? "nothing" : type));
        }
        if (result.size() != 1) {
            throw new NoAnswer(
                    result.isEmpty()
                            ? "the query finds nothing"
                            : "expected one series, found " + result.size() + "; wrap it in max() or sum()");
        }
        return number(result.getJsonObject(0).getJsonArray("value", new JsonArray()));
    }

    private static double number(JsonArray instantAndValue) {
        String text = instantAndValue.getString(1);
        if (text == null) {
            throw new NoAnswer("expected a number, found nothing");
        }
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> parsed(text);
        };
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NoAnswer("expected a number, found '" + shortened(text) + "'", e);
        }
    }

    private static String error(Buffer body) {
        try {
            return ": " + shortened(body.toJsonObject().getString("error", ""));
        } catch (DecodeException | ClassCastException e) {
            return "";
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
