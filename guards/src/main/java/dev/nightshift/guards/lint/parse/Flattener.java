package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.nightshift.guards.lint.parse.FlatCode.Instructions;
import dev.nightshift.guards.lint.parse.FlatCode.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the blocks out of a function: a grammar's 2,000 nested ones cost more than all that is done in them. */
final class Flattener {
    private static final long NO_RESULT = 0x40;

    /** An open block while its instructions are read. */
    private static final class Block {
        private final boolean loop;
        private final int start;
        private final int height;
        private final boolean result;
        private final List<Integer> toEnd = new ArrayList<>();
        private int elseBranch = -1;

        Block(boolean loop, int start, int height, boolean result) {
            this.loop = loop;
            this.start = start;
            this.height = height;
            this.result = result;
        }
    }

    private final Instance instance;
    private final FunctionBody body;
    private final FunctionType type;
    private final Instructions code = new Instructions();
    private final List<Block> open = new ArrayList<>();
    private int height;
    private int highest;

    private Flattener(Instance instance, int function) {
        this.instance = instance;
        this.body = instance.function(function);
        this.type = instance.type(instance.functionType(function));
    }

    static FlatCode flatten(Instance instance, int function) {
        return new Flattener(instance, function).run();
    }

    private FlatCode run() {
        boolean returns = !type.returns().isEmpty();
        Block whole = new Block(false, 0, 0, returns);
        open.add(whole);
        body.instructions().forEach(this::read);
        whole.toEnd.forEach(branch -> code.values[branch] = code.size());
        code.add(Kind.RETURN, OpCode.RETURN, 0);
        int locals = type.params().size() + body.localTypes().size();
        return new FlatCode(code, locals, highest + 1, returns);
    }

    private void read(AnnotatedInstruction instruction) {
        OpCode op = instruction.opcode();
        switch (op) {
            case NOP -> {}
            case BLOCK -> open(instruction, false);
            case LOOP -> open(instruction, true);
            case IF -> {
                pop(1);
                open(instruction, false);
                last().elseBranch = branch(Kind.BRANCH_UNLESS, last(), false);
            }
            case ELSE -> otherwise();
            case END -> close();
            case BR -> branch(Kind.BRANCH, target(instruction.operand(0)), true);
            case BR_IF -> {
                pop(1);
                branch(Kind.BRANCH_IF, target(instruction.operand(0)), true);
            }
            case BR_TABLE -> table(instruction);
            case RETURN -> branch(Kind.BRANCH, open.get(0), true);
            default -> plain(instruction, op);
        }
    }

    private void open(AnnotatedInstruction instruction, boolean loop) {
        open.add(new Block(loop, code.size(), height, instruction.operand(0) != NO_RESULT));
    }

    private void otherwise() {
        Block block = last();
        block.toEnd.add(branch(Kind.BRANCH, block, false));
        code.values[block.elseBranch] = code.size();
        block.elseBranch = -1;
        height = block.height;
    }

    private void close() {
        if (open.size() == 1) {
            return;
        }
        Block block = open.remove(open.size() - 1);
        if (block.elseBranch >= 0) {
            code.values[block.elseBranch] = code.size();
        }
        block.toEnd.forEach(branch -> code.values[branch] = code.size());
        height = block.height;
        push(block.result ? 1 : 0);
    }

    private Block last() {
        return open.get(open.size() - 1);
    }

    private Block target(long depth) {
        return open.get(open.size() - 1 - (int) depth);
    }

    /** A branch that leaves the target's height on the stack, and its result on top unless it goes to a loop's start. */
    private int branch(Kind kind, Block target, boolean resolve) {
        int index = code.add(kind, OpCode.BR, target.start);
        boolean keepsTop = target.result && !target.loop && kind != Kind.BRANCH_UNLESS;
        code.keeps[index] = target.height << 1 | (keepsTop ? 1 : 0);
        if (resolve && !target.loop) {
            target.toEnd.add(index);
        }
        return index;
    }

    private void table(AnnotatedInstruction instruction) {
        pop(1);
        int at = code.add(Kind.TABLE, OpCode.BR_TABLE, code.tables.size());
        int[] branches = new int[instruction.operandCount()];
        code.tables.add(branches);
        for (int i = 0; i < branches.length; i++) {
            branches[i] = branch(Kind.BRANCH, target(instruction.operand(i)), true);
        }
        code.keeps[at] = branches.length - 1;
    }

    private void plain(AnnotatedInstruction instruction, OpCode op) {
        Kind kind = FlatKinds.of(op);
        long value = instruction.operandCount() == 0 ? 0 : instruction.operand(0);
        switch (kind) {
            case LOAD, STORE -> value = instruction.operand(1);
            case CALL -> called(instance.type(instance.functionType((int) value)));
            case CALL_INDIRECT -> {
                pop(1);
                called(instance.type((int) value));
            }
            default -> {}
        }
        code.add(kind, op, op == OpCode.I32_CONST ? (int) value : value);
        pop(FlatKinds.pops(kind));
        push(FlatKinds.pushes(kind));
    }

    private void called(@Nullable FunctionType callee) {
        if (callee == null) {
            throw new ParserBroken("a call of an unknown type");
        }
        pop(callee.params().size());
        push(callee.returns().size());
    }

    private void pop(int count) {
        height = Math.max(0, height - count);
    }

    private void push(int count) {
        height += count;
        highest = Math.max(highest, height);
    }
}
