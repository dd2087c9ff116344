package dev.nightshift;

import dev.nightshift.run.Trouble;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waits for futures on the main thread of a command. */
final class Waiting {

    private Waiting() {}

    /** The future's value; its failure is thrown as it is when unchecked. */
    static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Trouble trouble) {
                throw trouble;
            }
            throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
        }
    }
}
