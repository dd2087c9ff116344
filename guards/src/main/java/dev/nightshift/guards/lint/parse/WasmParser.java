package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import dev.nightshift.guards.lint.parse.compiled.PostgresParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One instance of the parser with its own memory (128 MiB reserved). Not for two threads at once. */
final class WasmParser implements SqlParser {
    private static final int RESULT_ERROR = 8;
    private static final int ERROR_CURSOR = 16;

    private final Memory memory;
    private final ExportFunction allocate;
    private final ExportFunction free;
    private final ExportFunction parse;
    private final ExportFunction freeParsed;
    private final ExportFunction parsePlpgsql;
    private final ExportFunction freeText;

    private WasmParser(Instance instance) {
        memory = instance.memory();
        allocate = instance.export("C");
        free = instance.export("E");
        parse = instance.export("F");
        freeParsed = instance.export("G");
        parsePlpgsql = instance.export("H");
        freeText = instance.export("N");
    }

    static WasmParser load() {
        ParserModule.checkSum();
        WasmModule module = PostgresParser.load();
        Instance instance = Instance.builder(module)
                .withImportValues(Imports.of(module))
                .withMachineFactory(FlatMachine::new)
                .withStart(false)
                .build();
        instance.export("A").apply();
        return new WasmParser(instance);
    }

    @Override
    public Parsed parse(String sql) {
        TextOffsets offsets = new TextOffsets(sql);
        int text = write(offsets.bytes());
        int result = 0;
        try {
            result = (int) parse.apply(text)[0];
            int error = memory.readInt(result + RESULT_ERROR);
            if (error != 0) {
                String message = textAt(memory.readInt(error));
                return new Parsed.Refused(message, offsets.ofCursor(memory.readInt(error + ERROR_CURSOR)));
            }
            Node tree = NodeReader.read(bytesAt(memory.readInt(result)), offsets);
            return new Parsed.Accepted(
                    tree.list("stmts").stream().map(raw -> raw.node("stmt")).toList());
        } finally {
            free.apply(text);
            if (result != 0) {
                freeParsed.apply(result);
            }
        }
    }

    @Override
    public Parsed parsePlpgsql(String statement) {
        int text = write(statement.getBytes(StandardCharsets.UTF_8));
        int result = 0;
        try {
            result = (int) parsePlpgsql.apply(text)[0];
            byte[] answer = bytesAt(result);
            if (answer.length == 0 || answer[0] != '{') {
                return new Parsed.Refused(new String(answer, StandardCharsets.UTF_8), 0);
            }
            List<Node> functions = NodeReader.read(answer, new TextOffsets("")).list("plpgsql_funcs");
            return new Parsed.Accepted(functions);
        } finally {
            free.apply(text);
            if (result != 0) {
                freeText.apply(result);
            }
        }
    }

    private int write(byte[] text) {
        int address = (int) allocate.apply(text.length + 1L)[0];
        if (address == 0) {
            throw new ParserBroken("the parser has no memory left for " + text.length + " bytes");
        }
        memory.write(address, text);
        memory.writeByte(address + text.length, (byte) 0);
        return address;
    }

    private String textAt(int address) {
        return new String(bytesAt(address), StandardCharsets.UTF_8);
    }

    private byte[] bytesAt(int address) {
        if (address == 0) {
            return new byte[0];
        }
        int end = address;
        while (memory.read(end) != 0) {
            end++;
        }
        return memory.readBytes(address, end - address);
    }
}
