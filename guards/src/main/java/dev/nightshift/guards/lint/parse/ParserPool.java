package dev.nightshift.guards.lint.parse;

import com.dylibso.chicory.wasm.ChicoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parser that the program uses: loaded at the first question, some instances side by side, and never the end of the
 * process, whatever text it is given.
 */
public final class ParserPool implements SqlParser, AutoCloseable {
    /** The grammar recurses with the text: a sum of some thousand terms needs a deep stack. It is reserved, not used. */
    private static final long STACK_BYTES = 512L << 20;

    /** A second instance takes a second of work to load: below this many texts it does not pay. */
    private static final int WORTH_ANOTHER = 200;

    private final List<Worker> workers;

    /** At most so many instances, each with 128 MiB of memory. */
    public ParserPool(int instances) {
        workers = Stream.generate(Worker::new).limit(instances).toList();
    }

    /** A thread with an instance of its own. */
    private static final class Worker {
        private final ExecutorService thread = thread();
        private @Nullable WasmParser parser;

        Future<Parsed> ask(Function<SqlParser, Parsed> question) {
            return thread.submit(() -> answer(question));
        }

        private Parsed answer(Function<SqlParser, Parsed> question) {
            try {
                WasmParser loaded = parser == null ? WasmParser.load() : parser;
                parser = loaded;
                return question.apply(loaded);
            } catch (StackOverflowError | ChicoryException | IndexOutOfBoundsException e) {
                parser = null;
                return new Parsed.Refused("too large or too deeply nested for the parser (" + e.getMessage() + ")", 0);
            } catch (ParserBroken e) {
                parser = null;
                return new Parsed.Refused(String.valueOf(e.getMessage()), 0);
            }
        }
    }

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(null, work, "sql-parser", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Parsed parse(String sql) {
        return get(workers.get(0).ask(parser -> parser.parse(sql)));
    }

    @Override
    public Parsed parsePlpgsql(String statement) {
        return get(workers.get(0).ask(parser -> parser.parsePlpgsql(statement)));
    }

    @Override
    public List<Parsed> parseAll(List<String> texts) {
        List<Future<Parsed>> answers = new ArrayList<>();
        int busy = Math.max(1, Math.min(workers.size(), texts.size() / WORTH_ANOTHER));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            answers.add(workers.get(i % busy).ask(parser -> parser.parse(text)));
        }
        return answers.stream().map(ParserPool::get).toList();
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
        workers.forEach(worker -> worker.thread.shutdownNow());
    }
}
