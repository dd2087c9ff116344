package dev.nightshift.plan;

import static dev.nightshift.plan.Key.later;
import static dev.nightshift.plan.Key.optional;
import static dev.nightshift.plan.Key.required;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keys of each mapping of a plan: the one table that the reader, its messages and the schema's test share. */
enum Shape {
    PLAN(
            required("nightshift"),
            required("name"),
            optional("database"),
            optional("replicas"),
            optional("window"),
            optional("approval"),
            required("backup"),
            optional("guards"),
            required("steps"),
            optional("waive"),
            optional("abort"),
            later("journal", "keeps its journal in the target database")),
    DATABASE(required("url")),
    REPLICAS(
            optional("required"),
            optional("best-effort"),
            optional("delayed"),
            optional("cascaded"),
            optional("logical"),
            optional("ignore"),
            optional("urls")),
    WINDOW(required("opens"), required("lasts"), required("zone"), optional("except")),
    APPROVAL(required("people")),
    BACKUP(
            optional("dump"),
            optional("verify"),
            optional("maxAge"),
            optional("snapshot"),
            optional("command"),
            optional("external")),
    DUMP(required("directory"), optional("jobs"), optional("tables")),
    BACKUP_COMMAND(
            required("start"), required("poll"), optional("timeout"), optional("every"), optional("pass-environment")),
    BACKUP_EXTERNAL(required("command"), optional("timeout"), optional("pass-environment")),
    BACKUP_SNAPSHOT(
            required("claims"),
            optional("class"),
            optional("namespace"),
            optional("timeout"),
            optional("atomic"),
            optional("standby")),
    STEP(
            optional("schema"),
            optional("backfill"),
            optional("delete"),
            optional("copy"),
            optional("statement"),
            optional("verify"),
            optional("hold"),
            optional("restore"),
            optional("not-null"),
            optional("check"),
            optional("foreign-key"),
            optional("unique"),
            optional("index"),
            optional("bigint-key"),
            optional("external"),
            optional("workloads")),
    SCHEMA(required("name"), required("locations"), optional("target"), optional("baseline"), optional("expected")),
    BACKFILL(
            required("name"),
            required("table"),
            required("set"),
            optional("where"),
            optional("walk"),
            optional("batch"),
            optional("stable-key"),
            optional("triggers"),
            optional("lanes"),
            optional("keep-old")),
    DELETE(
            required("name"),
            required("table"),
            required("where"),
            optional("walk"),
            optional("batch"),
            optional("triggers")),
    COPY(
            required("name"),
            required("from"),
            required("table"),
            required("set"),
            optional("where"),
            optional("walk"),
            optional("batch"),
            optional("triggers")),
    BATCH(optional("rows"), optional("time")),
    STATEMENT(required("name"), required("sql"), optional("undoes"), optional("expected")),
    VERIFY(required("name"), required("sql")),
    HOLD(required("name"), optional("until")),
    RESTORE(required("name"), required("undoes"), optional("batch")),
    EXTERNAL(
            required("name"),
            required("command"),
            optional("directory"),
            optional("environment"),
            optional("url"),
            optional("timeout"),
            optional("lock-timeout"),
            optional("on-hold"),
            optional("done-when"),
            optional("sql"),
            optional("history"),
            optional("head"),
            optional("image")),
    WORKLOADS(
            required("name"),
            optional("namespace"),
            optional("stop"),
            optional("sessions"),
            optional("keep-down"),
            optional("expected"),
            optional("back"),
            optional("images"),
            optional("within")),
    SESSIONS(optional("user"), optional("application-name"), optional("terminate")),
    NOT_NULL(required("name"), required("table"), required("column")),
    CHECK(required("name"), required("table"), required("condition")),
    FOREIGN_KEY(
            required("name"),
            required("table"),
            required("columns"),
            required("references"),
            optional("key"),
            optional("on-delete"),
            optional("on-update"),
            optional("index")),
    UNIQUE(required("name"), required("table"), required("columns")),
    INDEX(
            required("name"),
            required("table"),
            required("columns"),
            optional("unique"),
            optional("using"),
            optional("include"),
            optional("where")),
    BIGINT_KEY(required("name"), required("table"), required("column"), optional("batch")),
    CUSTOM_SQL(
            required("name"),
            required("sql"),
            optional("timeout"),
            optional("slow"),
            optional("hold"),
            optional("abort")),
    PROMETHEUS(
            optional("name"),
            required("url"),
            required("query"),
            optional("timeout"),
            optional("slow"),
            optional("hold"),
            optional("abort")),
    LIMITS(optional("slow"), optional("hold"), optional("abort")),
    WAIVER(required("id"), required("reason"), required("until"));

    private static final Set<Shape> RECIPES = EnumSet.of(NOT_NULL, CHECK, FOREIGN_KEY, UNIQUE, INDEX, BIGINT_KEY);

    @SuppressWarnings("ImmutableEnumChecker") // List.of of records
    private final List<Key> keys;

    Shape(Key... keys) {
        this.keys = List.of(keys);
    }

    List<Key> keys() {
        return keys;
    }

    /** The shape behind a key of {@link #STEP}. */
    static Shape ofStep(String kind) {
        return valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** Whether an entry of this shape stands for several steps. */
    boolean isRecipe() {
        return RECIPES.contains(this);
    }
}
