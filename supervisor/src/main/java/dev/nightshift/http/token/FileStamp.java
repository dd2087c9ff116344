package dev.nightshift.http.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** By what a file is known to be another than before; a link that points elsewhere is another file. */
public record FileStamp(FileTime modified, long size, String key) {

    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey(), ""));
    }
}
