package dev.nightshift.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Projects of Alembic and Flask-Migrate, as applications have them. */
final class MigrationTools {

    /** Where Debian's packages are installed, whatever else is called python3. */
    static final String PYTHON = "/usr/bin/python3";

    private static final Path EXAMPLE = Path.of("..", "examples", "shop-alembic");

    private MigrationTools() {}

    /** Skips the test, and says so, where they are not installed. */
    static void assume(String... modules) {
        String wanted = String.join(", ", modules);
        boolean there = Files.isExecutable(Path.of(PYTHON)) && imports(wanted);
        if (!there) {
            System.out.println("skipped: " + PYTHON + " has not all of " + wanted
                    + " (apt-get install alembic python3-flask-migrate python3-psycopg2)");
        }
        Assumptions.assumeTrue(there);
    }

    private static boolean imports(String modules) {
        try {
            Process python = new ProcessBuilder(PYTHON, "-c", "import " + modules)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The example's project, in a directory of the test. */
    static Path alembic(Path directory) {
        Path project = directory.resolve("app");
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().contains("__pycache__")) {
                    Path target = project.resolve(EXAMPLE.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project;
    }

    /** A revision whose body is one statement. */
    static void revision(Path project, String id, String after, String sql) {
        write(project.resolve("migrations/versions/" + id + ".py"), """
                from alembic import op

                revision = "%s"
                down_revision = "%s"


                def upgrade():
                    op.execute('''%s''')
                """.formatted(id, after, sql));
    }

    /** An application with Flask-SQLAlchemy, and the history that {@code flask db init} makes. */
    static Path flask(Path directory) {
        Path project = directory.resolve("flask");
        write(project.resolve("shop.py"), """
                import os

                from flask import Flask
                from flask_migrate import Migrate
                from flask_sqlalchemy import SQLAlchemy

                app = Flask(__name__)
                app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
                db = SQLAlchemy(app)
                Migrate(app, db)
                """);
        write(project.resolve("migrations/alembic.ini"), "[alembic]\n");
        write(project.resolve("migrations/env.py"), """
                from alembic import context
                from flask import current_app

                with current_app.extensions["migrate"].db.engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        revision(project, "f001", "", "ALTER TABLE public.orders ADD COLUMN gift_note text");
        replace(project.resolve("migrations/versions/f001.py"), "down_revision = \"\"", "down_revision = None");
        return project;
    }

    static void replace(Path file, String from, String to) {
        try {
            Files.writeString(file, Files.readString(file).replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
