package dev.nightshift.guards.lint.parse;

import java.nio.charset.StandardCharsets;

/** Turns places that the parser tells, in UTF-8 bytes or in whole characters, into indexes of the Java string. */
final class TextOffsets {
    private final String text;
    private final byte[] bytes;
    private final boolean ascii;
    private int lastByte;
    private int lastIndex;

    TextOffsets(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.ascii = bytes.length == text.length();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Places come mostly in rising order, so each search goes on from the one before. */
    int ofByte(int offset) {
        if (ascii) {
            return Math.min(offset, text.length());
        }
        if (offset < lastByte) {
            lastByte = 0;
            lastIndex = 0;
        }
        while (lastByte < Math.min(offset, bytes.length)) {
            int lead = bytes[lastByte] & 0xFF;
            lastByte += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            lastIndex += lead < 0xF0 ? 1 : 2;
        }
        return lastIndex;
    }

    /** From the n-th character, counted from 1, as error messages do. */
    int ofCursor(int cursor) {
        int characters = Math.max(0, Math.min(cursor - 1, text.codePointCount(0, text.length())));
        return text.offsetByCodePoints(0, characters);
    }
}
