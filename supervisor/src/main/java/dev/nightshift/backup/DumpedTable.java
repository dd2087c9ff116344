package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.TableName;

/**
 * A table that a dump is to hold, as the catalog has it.
 *
 * @param oid the archive's entries bear it, so that names need no parsing
 * @param rows whether the archive holds its rows; a partitioned table has none of its own
 * @param size of its heap and TOAST on disk, without indexes
 * @param hash over columns, types, defaults, constraints and indexes, in hexadecimal
 */
public record DumpedTable(TableName name, long oid, boolean rows, ByteSize size, String hash) {}
