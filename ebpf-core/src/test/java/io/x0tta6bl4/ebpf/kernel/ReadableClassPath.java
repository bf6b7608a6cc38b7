package io.x0tta6bl4.ebpf.kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the tests' class path that every user of the machine can read. */
public final class ReadableClassPath implements AutoCloseable {

  private final Path folder;
  private final List<Path> entries = new ArrayList<>();

  private ReadableClassPath(Path folder) {
    this.folder = folder;
  }

  /** Copies it. */
  public static ReadableClassPath copy() {
    try {
      ReadableClassPath copy = new ReadableClassPath(Files.createTempDirectory("class-path"));
      allowReading(copy.folder);
      for (String entry : ChildJvm.classPath().split(File.pathSeparator)) {
        if (Files.exists(Path.of(entry))) {
          copy.add(Path.of(entry));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The copied files and folders, in the order of the class path. */
  public List<Path> entries() {
    return entries;
  }

  private void add(Path entry) throws IOException {
    Path target = folder.resolve(entries.size() + "-" + entry.getFileName());
    try (Stream<Path> files = Files.walk(entry)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = target.resolve(entry.relativize(file).toString());
        if (file.equals(entry)) {
          to = target;
        }
        Files.copy(file, to);
        allowReading(to);
      }
    }
    entries.add(target);
  }

  private static void allowReading(Path path) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
