package dev.nightshift.guards.lint.script;

import java.util.List;

/** A script taken apart: its pieces in order, and the comments that are meant for Nightshift. */
public record Pieces(List<Piece> all, List<Comment> comments) {
    public Pieces {
        all = List.copyOf(all);
        comments = List.copyOf(comments);
    }
}
