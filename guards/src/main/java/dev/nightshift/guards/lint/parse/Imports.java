package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** What the WebAssembly module asks of its host: non-local jumps, memory, and refusals of everything else. */
final class Imports {
    private static final String MODULE = "a";
    private static final String SET_THREW = "P";
    private static final String STACK_RESTORE = "Q";
    private static final String STACK_GET = "R";
    private static final int PAGE = 65_536;
    private static final long[] NOTHING = {};
    private static final long[] ZERO = {0};

    private static final Set<String> INVOKES = Set.of("a", "b", "d", "e", "f", "g", "h", "i", "j", "k", "l", "n", "y");
    private static final Map<String, WasmFunctionHandle> OTHERS = Map.ofEntries(
            Map.entry("c", (instance, args) -> broken("assertion failed")),
            Map.entry("x", (instance, args) -> broken("aborted")),
            Map.entry("m", (instance, args) -> broken("exited")),
            Map.entry("v", (instance, args) -> broken("exited")),
            Map.entry("p", (instance, args) -> {
                throw new Longjmp();
            }),
            Map.entry("q", (instance, args) -> resize(instance, args[0])),
            Map.entry("o", (instance, args) -> ZERO),
            Map.entry("w", (instance, args) -> NOTHING),
            Map.entry("u", (instance, args) -> ZERO),
            Map.entry("r", (instance, args) -> ZERO),
            Map.entry("s", (instance, args) -> ZERO),
            Map.entry("t", Imports::discard));

    private Imports() {}

    static ImportValues of(WasmModule module) {
        ImportValues.Builder values = ImportValues.builder();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function) {
                values.addFunction(new HostFunction(
                        MODULE,
                        function.name(),
                        module.typeSection().getType(function.typeIndex()),
                        handle(function.name())));
            }
        }
        return values.build();
    }

    private static WasmFunctionHandle handle(String name) {
        if (INVOKES.contains(name)) {
            return Imports::invoke;
        }
        WasmFunctionHandle other = OTHERS.get(name);
        if (other == null) {
            throw new ParserBroken("the parser asks for an import that is not known: " + name);
        }
        return other;
    }

    /** Calls a table entry; a longjmp out of it puts the stack back and is noted for the caller's setjmp to see. */
    private static long[] invoke(Instance instance, long... args) {
        long stack = instance.export(STACK_GET).apply()[0];
        int function = instance.table(0).requiredRef((int) args[0]);
        try {
            return instance.getMachine().call(function, Arrays.copyOfRange(args, 1, args.length));
        } catch (Longjmp jump) {
            instance.export(STACK_RESTORE).apply(stack);
            instance.export(SET_THREW).apply(1, 0);
            return ZERO;
        }
    }

    private static long[] resize(Instance instance, long wanted) {
        int missing = (int) ((Integer.toUnsignedLong((int) wanted) + PAGE - 1) / PAGE)
                - instance.memory().pages();
        boolean grown = missing <= 0 || instance.memory().grow(missing) >= 0;
        return new long[] {grown ? 1 : 0};
    }

    /** fd_write(fd, iov, count, written): what PostgreSQL prints is dropped, and said to be written. */
    private static long[] discard(Instance instance, long... args) {
        int written = 0;
        for (int i = 0; i < (int) args[2]; i++) {
            written += instance.memory().readInt((int) args[1] + 8 * i + 4);
        }
        instance.memory().writeI32((int) args[3], written);
        return ZERO;
    }

    private static long[] broken(String how) {
        throw new ParserBroken("the parser " + how);
    }
}
