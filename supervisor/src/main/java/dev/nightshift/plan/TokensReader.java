package dev.nightshift.plan;

import static dev.nightshift.plan.Key.required;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of those who may speak to the API: a list of {@code {name, role, sha256}}, every problem at once. */
public final class TokensReader {

    private static final List<Key> TOKEN = List.of(required("name"), required("role"), required("sha256"));
    private static final Map<String, Role> ROLES = new LinkedHashMap<>();

    static {
        for (Role role : Role.values()) {
            ROLES.put(role.word(), role);
        }
    }

    private final Set<String> names = new HashSet<>();

    private TokensReader() {}

    /** @param fileName how problems name the file */
    public static TokensReading read(String fileName, String text) {
        Problems problems = new Problems(fileName, "tokens");
        List<ApiToken> tokens = PlanText.compose(text, problems)
                .map(root -> new TokensReader().tokens(root, problems))
                .orElse(List.of());
        return new TokensReading(problems.count() == 0 ? tokens : List.of(), problems.byPlace());
    }

    private List<ApiToken> tokens(Node root, Problems problems) {
        List<ApiToken> tokens = new ArrayList<>();
        new Value(root, root, "", problems)
                .items("a list such as [{name: ann, role: operator, sha256: \"…\"}]")
                .forEach(item -> token(item).ifPresent(tokens::add));
        return tokens;
    }

    private Optional<ApiToken> token(Value item) {
        Optional<Fields> found = item.fields(TOKEN, "a mapping with `name`, `role` and `sha256`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<String> name = fields.at("name").flatMap(value -> value.as("a name such as ann", this::once));
        Optional<Role> role =
                fields.at("role").flatMap(value -> value.word(ROLES, "one of " + String.join(", ", ROLES.keySet())));
        Optional<String> hash =
                fields.at("sha256").flatMap(value -> value.as("a SHA-256 of 64 hexadecimal digits", text -> text));
        return fields.build(() -> new ApiToken(name.orElseThrow(), role.orElseThrow(), hash.orElseThrow()));
    }

    private String once(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("expected each name once, found '" + name + "' again");
        }
        return name;
    }
}
