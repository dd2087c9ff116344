package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.wasm.types.OpCode;
import dev.nightshift.guards.lint.parse.FlatCode.Kind;
import java.util.EnumMap;
import java.util.Map;

/** The opcodes that occur in the functions that are too large to compile; any other fails at load, not in a parse. */
final class FlatKinds {
    private static final Map<OpCode, Kind> KINDS = new EnumMap<>(OpCode.class);

    static {
        put(Kind.CONSTANT, OpCode.I32_CONST, OpCode.I64_CONST, OpCode.F64_CONST);
        put(Kind.LOCAL_GET, OpCode.LOCAL_GET);
        put(Kind.LOCAL_SET, OpCode.LOCAL_SET);
        put(Kind.LOCAL_TEE, OpCode.LOCAL_TEE);
        put(Kind.GLOBAL_GET, OpCode.GLOBAL_GET);
        put(Kind.GLOBAL_SET, OpCode.GLOBAL_SET);
        put(Kind.DROP, OpCode.DROP);
        put(Kind.SELECT, OpCode.SELECT);
        put(Kind.COPY, OpCode.MEMORY_COPY);
        put(Kind.CALL, OpCode.CALL);
        put(Kind.CALL_INDIRECT, OpCode.CALL_INDIRECT);
        put(Kind.UNREACHABLE, OpCode.UNREACHABLE);
        put(
                Kind.LOAD,
                OpCode.I32_LOAD,
                OpCode.I32_LOAD8_S,
                OpCode.I32_LOAD8_U,
                OpCode.I32_LOAD16_S,
                OpCode.I32_LOAD16_U,
                OpCode.I64_LOAD,
                OpCode.F64_LOAD);
        put(Kind.STORE, OpCode.I32_STORE, OpCode.I32_STORE8, OpCode.I32_STORE16, OpCode.I64_STORE, OpCode.F64_STORE);
        Operations.UNARY.keySet().forEach(code -> put(Kind.UNARY, code));
        Operations.BINARY.keySet().forEach(code -> put(Kind.BINARY, code));
    }

    private FlatKinds() {}

    private static void put(Kind kind, OpCode... codes) {
        for (OpCode code : codes) {
            KINDS.put(code, kind);
        }
    }

    static Kind of(OpCode code) {
        Kind kind = KINDS.get(code);
        if (kind == null) {
            throw new ParserBroken("an instruction that is not known: " + code);
        }
        return kind;
    }

    /** How many values an instruction takes from the stack; calls are counted by their types. */
    static int pops(Kind kind) {
        return switch (kind) {
            case LOCAL_SET, GLOBAL_SET, DROP, LOAD, UNARY -> 1;
            case STORE, BINARY -> 2;
            case SELECT, COPY -> 3;
            default -> 0;
        };
    }

    static int pushes(Kind kind) {
        return switch (kind) {
            case CONSTANT, LOCAL_GET, GLOBAL_GET, LOAD, UNARY, BINARY, SELECT -> 1;
            default -> 0;
        };
    }
}
