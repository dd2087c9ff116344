package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** WebAssembly's arithmetic on values as the stack holds them: 32-bit integers with their sign, doubles as their bits. */
final class Operations {
    static final Map<OpCode, LongUnaryOperator> UNARY = Map.of(
            OpCode.I32_EQZ, a -> bit((int) a == 0),
            OpCode.I64_EQZ, a -> bit(a == 0),
            OpCode.I32_WRAP_I64, a -> (int) a,
            OpCode.I32_EXTEND_8_S, a -> (byte) a,
            OpCode.I32_EXTEND_16_S, a -> (short) a,
            OpCode.I64_EXTEND_I32_U, a -> a & 0xFFFF_FFFFL,
            OpCode.I64_CLZ, Long::numberOfLeadingZeros,
            OpCode.F64_CONVERT_I32_U, a -> bits((double) (a & 0xFFFF_FFFFL)),
            OpCode.F64_CONVERT_I64_U, a -> bits(unsigned(a)),
            OpCode.I32_TRUNC_SAT_F64_U, a -> (int) (long) Math.min(Math.max(number(a), 0), 4_294_967_295.0));

    static final Map<OpCode, LongBinaryOperator> BINARY = Map.ofEntries(
            Map.entry(OpCode.I32_ADD, (a, b) -> (int) a + (int) b),
            Map.entry(OpCode.I32_SUB, (a, b) -> (int) a - (int) b),
            Map.entry(OpCode.I32_MUL, (a, b) -> (int) ((long) (int) a * (int) b)),
            Map.entry(OpCode.I32_AND, (a, b) -> (int) (a & b)),
            Map.entry(OpCode.I32_OR, (a, b) -> (int) (a | b)),
            Map.entry(OpCode.I32_XOR, (a, b) -> (int) (a ^ b)),
            Map.entry(OpCode.I32_SHL, (a, b) -> (int) a << (int) b),
            Map.entry(OpCode.I32_SHR_S, (a, b) -> (int) a >> (int) b),
            Map.entry(OpCode.I32_SHR_U, (a, b) -> (int) a >>> (int) b),
            Map.entry(OpCode.I32_EQ, (a, b) -> bit((int) a == (int) b)),
            Map.entry(OpCode.I32_NE, (a, b) -> bit((int) a != (int) b)),
            Map.entry(OpCode.I32_LT_S, (a, b) -> bit((int) a < (int) b)),
            Map.entry(OpCode.I32_GT_S, (a, b) -> bit((int) a > (int) b)),
            Map.entry(OpCode.I32_LE_S, (a, b) -> bit((int) a <= (int) b)),
            Map.entry(OpCode.I32_GE_S, (a, b) -> bit((int) a >= (int) b)),
            Map.entry(OpCode.I32_LT_U, (a, b) -> bit(Integer.compareUnsigned((int) a, (int) b) < 0)),
            Map.entry(OpCode.I32_GT_U, (a, b) -> bit(Integer.compareUnsigned((int) a, (int) b) > 0)),
            Map.entry(OpCode.I32_LE_U, (a, b) -> bit(Integer.compareUnsigned((int) a, (int) b) <= 0)),
            Map.entry(OpCode.I32_GE_U, (a, b) -> bit(Integer.compareUnsigned((int) a, (int) b) >= 0)),
            Map.entry(OpCode.I64_AND, (a, b) -> a & b),
            Map.entry(OpCode.I64_SUB, (a, b) -> a - b),
            Map.entry(OpCode.I64_SHL, (a, b) -> a << b),
            Map.entry(OpCode.I64_EQ, (a, b) -> bit(a == b)),
            Map.entry(OpCode.I64_NE, (a, b) -> bit(a != b)),
            Map.entry(OpCode.I64_LT_U, (a, b) -> bit(Long.compareUnsigned(a, b) < 0)),
            Map.entry(OpCode.I64_GT_U, (a, b) -> bit(Long.compareUnsigned(a, b) > 0)),
            Map.entry(OpCode.I64_LE_U, (a, b) -> bit(Long.compareUnsigned(a, b) <= 0)),
            Map.entry(OpCode.I64_GE_U, (a, b) -> bit(Long.compareUnsigned(a, b) >= 0)),
            Map.entry(OpCode.F64_DIV, (a, b) -> bits(number(a) / number(b))),
            Map.entry(OpCode.F64_MUL, (a, b) -> bits(number(a) * number(b))),
            Map.entry(OpCode.F64_EQ, (a, b) -> bit(number(a) == number(b))),
            Map.entry(OpCode.F64_GE, (a, b) -> bit(number(a) >= number(b))));

    private Operations() {}

    private static long bit(boolean condition) {
        return condition ? 1 : 0;
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    private static double number(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static double unsigned(long value) {
        return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2.0;
    }
}
