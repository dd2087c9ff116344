package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A WebAssembly function without its blocks: every branch knows where it goes and what stays on the stack. */
final class FlatCode {
    /** What each instruction is, and its opcode. */
    final Kind[] kinds;

    final OpCode[] codes;

    /** The arithmetic of those instructions that are arithmetic. */
    final @Nullable LongUnaryOperator[] unary;

    final @Nullable LongBinaryOperator[] binary;

    /** A constant, an index, an offset, or the instruction that a branch goes to. */
    final long[] values;

    /** For a branch the stack height behind it, doubled, plus one when the top value is kept; for a table its last. */
    final int[] keeps;

    /** For a table of branches: the instructions that are its branches. */
    final int[][] tables;

    final int locals;
    final int height;
    final boolean returns;

    FlatCode(Instructions instructions, int locals, int height, boolean returns) {
        int size = instructions.size();
        this.kinds = instructions.kinds.toArray(Kind[]::new);
        this.codes = instructions.codes.toArray(OpCode[]::new);
        this.values = Arrays.copyOf(instructions.values, size);
        this.keeps = Arrays.copyOf(instructions.keeps, size);
        this.tables = instructions.tables.toArray(int[][]::new);
        this.unary = new LongUnaryOperator[size];
        this.binary = new LongBinaryOperator[size];
        for (int i = 0; i < size; i++) {
            unary[i] = Operations.UNARY.get(codes[i]);
            binary[i] = Operations.BINARY.get(codes[i]);
        }
        this.locals = locals;
        this.height = height;
        this.returns = returns;
    }

    /** Instructions in the making. */
    static final class Instructions {
        private final List<Kind> kinds = new ArrayList<>();
        private final List<OpCode> codes = new ArrayList<>();
        final List<int[]> tables = new ArrayList<>();
        long[] values = new long[1024];
        int[] keeps = new int[1024];

        int size() {
            return kinds.size();
        }

        int add(Kind kind, OpCode code, long value) {
            int index = kinds.size();
            kinds.add(kind);
            codes.add(code);
            if (index >= values.length) {
                values = Arrays.copyOf(values, index * 2);
                keeps = Arrays.copyOf(keeps, index * 2);
            }
            values[index] = value;
            return index;
        }
    }

    /** What an instruction does, for the one that runs it. */
    enum Kind {
        CONSTANT,
        LOCAL_GET,
        LOCAL_SET,
        LOCAL_TEE,
        GLOBAL_GET,
        GLOBAL_SET,
        LOAD,
        STORE,
        UNARY,
        BINARY,
        BRANCH,
        BRANCH_IF,
        BRANCH_UNLESS,
        TABLE,
        CALL,
        CALL_INDIRECT,
        DROP,
        SELECT,
        COPY,
        RETURN,
        UNREACHABLE
    }
}
