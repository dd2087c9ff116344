package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.nightshift.guards.lint.parse.FlatCode.Kind;
import dev.nightshift.guards.lint.parse.compiled.PostgresParser;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the few functions that are larger than a class file allows, the grammar itself among them, and hands the rest to the
 * classes that they were compiled to at build time.
 */
final class FlatMachine implements Machine {
    /** The same as in the configuration of the compiler, which fails when they are not the ones. */
    private static final Set<Integer> TOO_LARGE = Set.of(36, 37, 140);

    private static final long[] NOTHING = {};

    private final Instance instance;
    private final Machine compiled;
    private final Map<Integer, FlatCode> codes = new HashMap<>();

    FlatMachine(Instance instance) {
        this.instance = instance;
        this.compiled = PostgresParser.create(instance);
    }

    @Override
    public long[] call(int function, long[] args) {
        if (!TOO_LARGE.contains(function)) {
            return compiled.call(function, args);
        }
        return new Frame(codes.computeIfAbsent(function, id -> Flattener.flatten(instance, id)), args).run();
    }

    private long[] callAny(int function, long[] args) {
        return instance.function(function) == null
                ? instance.imports().function(function).handle().apply(instance, args)
                : instance.getMachine().call(function, args);
    }

    /** One call of one function: its locals, its stack, and where it stands. */
    private final class Frame {
        private final FlatCode code;
        private final Memory memory = instance.memory();
        private final long[] locals;
        private final long[] stack;
        private int top;
        private int next;

        Frame(FlatCode code, long[] args) {
            this.code = code;
            this.locals = Arrays.copyOf(args, code.locals);
            this.stack = new long[code.height + 1];
        }

        long[] run() {
            Kind[] kinds = code.kinds;
            while (true) {
                int at = next++;
                Kind kind = kinds[at];
                if (kind == Kind.RETURN) {
                    return code.returns ? new long[] {stack[top - 1]} : NOTHING;
                }
                step(kind, at, code.values[at]);
            }
        }

        private void step(Kind kind, int at, long value) {
            switch (kind) {
                case CONSTANT -> stack[top++] = value;
                case LOCAL_GET -> stack[top++] = locals[(int) value];
                case LOCAL_SET -> locals[(int) value] = stack[--top];
                case LOCAL_TEE -> locals[(int) value] = stack[top - 1];
                case GLOBAL_GET -> stack[top++] = instance.global((int) value).getValue();
                case GLOBAL_SET -> instance.global((int) value).setValue(stack[--top]);
                case LOAD -> stack[top - 1] = load(code.codes[at], (int) stack[top - 1] + (int) value);
                case STORE -> store(code.codes[at], (int) value);
                case UNARY -> stack[top - 1] = operator(code.unary[at]).applyAsLong(stack[top - 1]);
                case BINARY -> {
                    top--;
                    stack[top - 1] = operator(code.binary[at]).applyAsLong(stack[top - 1], stack[top]);
                }
                case DROP -> top--;
                case SELECT -> select();
                case COPY -> copy();
                default -> control(kind, at, value);
            }
        }

        private void control(Kind kind, int at, long value) {
            switch (kind) {
                case BRANCH -> branch(at);
                case BRANCH_IF -> {
                    if ((int) stack[--top] != 0) {
                        branch(at);
                    }
                }
                case BRANCH_UNLESS -> {
                    if ((int) stack[--top] == 0) {
                        branch(at);
                    }
                }
                case TABLE -> {
                    int choice = (int) stack[--top];
                    int last = code.keeps[at];
                    branch(code.tables[(int) value][choice >= 0 && choice < last ? choice : last]);
                }
                case CALL -> invoke((int) value, instance.functionType((int) value));
                case CALL_INDIRECT -> invoke(instance.table(0).requiredRef((int) stack[--top]), (int) value);
                default -> throw new ParserBroken("the parser came where it never should");
            }
        }

        private static <T> T operator(@Nullable T operator) {
            return Objects.requireNonNull(operator);
        }

        private void branch(int at) {
            int keep = code.keeps[at];
            int height = keep >>> 1;
            if ((keep & 1) != 0) {
                stack[height] = stack[top - 1];
                height++;
            }
            top = height;
            next = (int) code.values[at];
        }

        private void invoke(int function, int type) {
            int count = instance.type(type).params().size();
            top -= count;
            long[] results = callAny(function, Arrays.copyOfRange(stack, top, top + count));
            if (results != null && !instance.type(type).returns().isEmpty()) {
                stack[top++] = results[0];
            }
        }

        private void select() {
            top -= 2;
            if ((int) stack[top + 1] == 0) {
                stack[top - 1] = stack[top];
            }
        }

        private void copy() {
            top -= 3;
            memory.copy((int) stack[top], (int) stack[top + 1], (int) stack[top + 2]);
        }

        private long load(OpCode op, int address) {
            return switch (op) {
                case I32_LOAD -> memory.readInt(address);
                case I32_LOAD8_S -> memory.read(address);
                case I32_LOAD8_U -> memory.read(address) & 0xFF;
                case I32_LOAD16_S -> memory.readShort(address);
                case I32_LOAD16_U -> memory.readShort(address) & 0xFFFF;
                default -> memory.readLong(address);
            };
        }

        private void store(OpCode op, int offset) {
            top -= 2;
            int address = (int) stack[top] + offset;
            long value = stack[top + 1];
            switch (op) {
                case I32_STORE -> memory.writeI32(address, (int) value);
                case I32_STORE8 -> memory.writeByte(address, (byte) value);
                case I32_STORE16 -> memory.writeShort(address, (short) value);
                default -> memory.writeLong(address, value);
            }
        }
    }
}
