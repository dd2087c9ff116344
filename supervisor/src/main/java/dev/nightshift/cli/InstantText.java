package dev.nightshift.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant with its offset: {@code 2026-12-24T01:30:00Z}, {@code 2026-12-24T02:30+01:00}. */
final class InstantText implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "expected an instant such as 2026-12-24T01:30:00Z or 2026-12-24T02:30+01:00, found '" + text + "'");
        }
    }
}
