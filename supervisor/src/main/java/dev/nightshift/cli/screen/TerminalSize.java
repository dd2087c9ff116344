package dev.nightshift.cli.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** Columns and rows of this process's terminal, followed while it is resized. */
public final class TerminalSize implements AutoCloseable {

    private static final Size USUAL = new Size(120, 40);

    private final Terminal terminal;
    private volatile Size size;

    private TerminalSize(Terminal terminal) {
        this.terminal = terminal;
        this.size = usable(terminal.getSize());
    }

    public static TerminalSize follow() {
        try {
            // With native signals the library would put back the default action of SIGINT and SIGTERM, and no shutdown
            // hook would run: only the change of size is wanted here.
            TerminalSize size = new TerminalSize(TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .nativeSignals(false)
                    .build());
            Signals.register("WINCH", size::changed);
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be asked for its size", e);
        }
    }

    public int columns() {
        return size.getColumns();
    }

    public int rows() {
        return size.getRows();
    }

    private void changed() {
        size = usable(terminal.getSize());
    }

    private static Size usable(Size size) {
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be given back", e);
        }
    }
}
