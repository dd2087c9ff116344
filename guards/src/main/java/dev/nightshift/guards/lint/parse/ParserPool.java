package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.wasm.ChicoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parser that the program uses: loaded at the first question, some instances side by side, and never the end of the
 * process, whatever text it is given.
 */
public final class ParserPool implements SqlParser, AutoCloseable {
    /** The grammar recurses with the text: a sum of some thousand terms needs a deep stack. It is reserved, not used. */
    private static final long STACK_BYTES = 512L << 20;

    /** A second instance takes a second of work to load: below this many texts it does not pay. */
    private static final int WORTH_ANOTHER = 400;

    private final ThreadLocal<@Nullable WasmParser> instances = new ThreadLocal<>();
    private final ExecutorService first = threads(1);
    private final ExecutorService more;

    /** At most so many instances, each with 128 MiB of memory. */
    public ParserPool(int instances) {
        more = instances > 1 ? threads(instances - 1) : first;
    }

    private static ExecutorService threads(int count) {
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(null, work, "sql-parser", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Parsed parse(String sql) {
        return get(ask(first, parser -> parser.parse(sql)));
    }

    @Override
    public Parsed parsePlpgsql(String statement) {
        return get(ask(first, parser -> parser.parsePlpgsql(statement)));
    }

    @Override
    public List<Parsed> parseAll(List<String> texts) {
        List<Future<Parsed>> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            boolean byAnother = texts.size() >= WORTH_ANOTHER && i % 5 > 2;
            answers.add(ask(byAnother ? more : first, parser -> parser.parse(text)));
        }
        return answers.stream().map(ParserPool::get).toList();
    }

    private Future<Parsed> ask(ExecutorService threads, Function<SqlParser, Parsed> question) {
        return threads.submit(() -> answer(question));
    }

    private Parsed answer(Function<SqlParser, Parsed> question) {
        WasmParser parser = instances.get();
        try {
            if (parser == null) {
                parser = WasmParser.load();
                instances.set(parser);
            }
            return question.apply(parser);
        } catch (StackOverflowError | ChicoryException | IndexOutOfBoundsException e) {
            instances.remove();
            return new Parsed.Refused("too large or too deeply nested for the parser (" + e.getMessage() + ")", 0);
        } catch (ParserBroken e) {
            instances.remove();
            return new Parsed.Refused(String.valueOf(e.getMessage()), 0);
        }
    }

    private static Parsed get(Future<Parsed> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParserBroken("interrupted while parsing", e);
        } catch (ExecutionException e) {
            throw new ParserBroken("the parser failed", e);
        }
    }

    @Override
    public void close() {
        first.shutdownNow();
        more.shutdownNow();
    }
}
