package dev.nightshift.guards.lint.parse;

import java.util.Map;

/** Fields with a struct of their own carry it without its name in the JSON: here are the names that the rules ask for. */
final class FieldKinds {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("relation", "RangeVar"),
            Map.entry("rel", "RangeVar"),
            Map.entry("view", "RangeVar"),
            Map.entry("table", "RangeVar"),
            Map.entry("sequence", "RangeVar"),
            Map.entry("pktable", "RangeVar"),
            Map.entry("name:PartitionCmd", "RangeVar"),
            Map.entry("constrrel", "RangeVar"),
            Map.entry("typevar", "RangeVar"),
            Map.entry("larg", "SelectStmt"),
            Map.entry("rarg", "SelectStmt"),
            Map.entry("withClause", "WithClause"),
            Map.entry("intoClause", "IntoClause"),
            Map.entry("into", "IntoClause"),
            Map.entry("typeName", "TypeName"),
            Map.entry("returnType", "TypeName"),
            Map.entry("argType", "TypeName"),
            Map.entry("funccall", "FuncCall"),
            Map.entry("func", "ObjectWithArgs"),
            Map.entry("bound", "PartitionBoundSpec"),
            Map.entry("partbound", "PartitionBoundSpec"),
            Map.entry("partspec", "PartitionSpec"),
            Map.entry("setstmt", "VariableSetStmt"),
            Map.entry("newowner", "RoleSpec"),
            Map.entry("role", "RoleSpec"),
            Map.entry("onConflictClause", "OnConflictClause"),
            Map.entry("coldef", "ColumnDef"),
            Map.entry("over", "WindowDef"),
            Map.entry("owner", "RoleSpec"));

    private FieldKinds() {}

    static String of(String owner, String field) {
        String special = KINDS.get(field + ":" + owner);
        return special != null ? special : KINDS.getOrDefault(field, "");
    }
}
