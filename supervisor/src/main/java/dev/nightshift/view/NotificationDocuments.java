package dev.nightshift.view;

import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notifications as they are sent: a versioned document, or a message as Slack and what speaks like it take it. */
public final class NotificationDocuments {

    /** Slack takes 3,000 characters in a section, and escaping may make five of one. */
    private static final int LONGEST = 500;

    private static final Set<Happening> BAD = Set.of(
            Happening.FAILED,
            Happening.BACKUP_FAILED,
            Happening.UNCLEAR,
            Happening.ABORTING,
            Happening.ABORTED,
            Happening.ABORT_INCOMPLETE);

    private NotificationDocuments() {}

    /** As the receiver wants it. */
    public static Map<String, Object> of(Notification told, Receiver receiver) {
        return receiver.format() == Receiver.Format.SLACK ? slack(told, receiver.page()) : json(told, receiver);
    }

    private static Map<String, Object> json(Notification told, Receiver receiver) {
        Map<String, Object> document = Documents.of("Notification");
        document.put("id", told.id());
        document.put("test", told.test());
        document.put("receiver", receiver.name());
        document.put("happening", told.happening().word());
        document.put("at", told.at());
        document.put("database", told.database());
        document.put("run", told.run());
        document.put("plan", told.plan());
        document.put("state", told.state());
        document.put("subject", told.subject());
        document.put("reason", told.reason());
        document.put("by", told.by());
        document.put("from", told.from());
        document.put("todo", told.todo());
        document.put("count", told.count());
        document.put("since", told.since());
        document.put("page", receiver.page().map(root -> page(root, told)));
        document.put("runbook", told.runbook());
        return document;
    }

    private static Map<String, Object> slack(Notification told, Optional<URI> page) {
        String headline = headline(told);
        String reason = escaped(told.reason());
        List<Object> blocks = new ArrayList<>();
        blocks.add(section((BAD.contains(told.happening()) ? ":red_circle: " : "") + "*" + headline + "*"));
        if (!reason.isBlank()) {
            blocks.add(section(reason));
        }
        blocks.add(fields(told));
        blocks.add(context(told, page));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", headline + (reason.isBlank() ? "" : ": " + reason));
        message.put("blocks", blocks);
        return message;
    }

    private static String headline(Notification told) {
        String times = told.count() > 1 ? ", " + told.count() + " times held or released" : "";
        return (told.test() ? "TEST: " : "") + escaped(told.plan()) + " on " + escaped(told.database()) + ": "
                + told.happening().word().replace('-', ' ') + times;
    }

    private static Map<String, Object> fields(Notification told) {
        List<Object> fields = new ArrayList<>();
        fields.add(text("*Run*\n" + escaped(told.run())));
        fields.add(text("*State*\n" + escaped(told.state())));
        told.by().ifPresent(by -> fields.add(text("*By*\n" + escaped(by))));
        told.from().ifPresent(from -> fields.add(text("*From*\n" + escaped(from))));
        told.todo().ifPresent(todo -> fields.add(text("*To do*\n" + escaped(todo))));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", "section");
        section.put("fields", fields);
        return section;
    }

    private static Map<String, Object> context(Notification told, Optional<URI> page) {
        List<String> parts = new ArrayList<>();
        parts.add(Json.line(told.at()).replace("\"", ""));
        told.runbook().ifPresent(name -> parts.add("runbook " + name));
        // What is written between < and > is a link, and everything in it is coded as a URL is.
        page.ifPresent(root -> parts.add("<" + page(root, told) + "|open the run>"));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("type", "context");
        context.put("elements", List.of(text(String.join(" · ", parts))));
        return context;
    }

    private static String page(URI root, Notification told) {
        return root + "/#/run/" + coded(told.database()) + "/" + coded(told.run());
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, Object> section(String markdown) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", "section");
        section.put("text", text(markdown));
        return section;
    }

    private static Map<String, Object> text(String markdown) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "mrkdwn");
        text.put("text", markdown);
        return text;
    }

    /** Slack makes links and calls of what stands between angle brackets, and nothing of these three. */
    static String escaped(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
