package io.x0tta6bl4.example.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Gathers the texts of the settings: from the environment, over a file, and secrets from files of their own. */
final class SettingSources {

  private static final int LARGEST_FILE = 64 * 1024;

  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
  private final List<String> problems;

  /**
   * Gathers.
   *
   * @param environment the variables
   * @param problems where what is wrong goes
   */
  SettingSources(Map<String, String> environment, List<String> problems) {
    this.problems = problems;
    Map<String, String> file = file(environment);
    for (Setting setting : Setting.values()) {
      // Whatever the environment says of a setting, even by a file, goes over all that the file says of it.
      text(setting, environment, "").or(() -> text(setting, file, " in CONFIG_FILE"))
          .ifPresent(value -> texts.put(setting, value));
    }
  }

  /**
   * The text of a setting.
   *
   * @param setting which
   * @return what was set, or its default; empty for neither
   */
  Optional<String> text(Setting setting) {
    return Optional.ofNullable(texts.getOrDefault(setting, setting.defaultValue()));
  }

  private Map<String, String> file(Map<String, String> environment) {
    String name = environment.getOrDefault(Setting.CONFIG_FILE.name(), "");
    if (name.isBlank()) {
      return Map.of();
    }
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(read("CONFIG_FILE", name).orElse("")));
    } catch (IOException | IllegalArgumentException e) {
      problems.add("CONFIG_FILE '" + name + "': " + e.getMessage());
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : lines.stringPropertyNames()) {
      if (isKnown(key)) {
        values.put(key, lines.getProperty(key).strip());
      } else {
        problems.add("CONFIG_FILE '" + name + "': '" + key + "' is no setting");
      }
    }
    return values;
  }

  private static boolean isKnown(String key) {
    for (Setting setting : Setting.values()) {
      boolean itself = setting != Setting.CONFIG_FILE && setting.name().equals(key);
      if (itself || (setting.isSecret() && (setting + "_FILE").equals(key))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> text(Setting setting, Map<String, String> from, String where) {
    // An empty variable is what a chart or a compose file makes of a value that is not given.
    String value = from.getOrDefault(setting.name(), "");
    String file = setting.isSecret() ? from.getOrDefault(setting + "_FILE", "") : "";
    if (!value.isEmpty() && !file.isEmpty()) {
      problems.add(setting + " and " + setting + "_FILE are both set" + where + ": expected one of them");
      return Optional.of(value);
    }
    if (!value.isEmpty()) {
      return Optional.of(value);
    }
    // An unreadable file was told: its setting must not be called missing as well.
    return file.isEmpty() ? Optional.empty() : read(setting + "_FILE", file).map(SettingSources::withoutLineEnd);
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\r?\\n\\z", "");
  }

  private Optional<String> read(String setting, String name) {
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path)) {
        throw new IOException("there is no such file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
        if (bytes.length > LARGEST_FILE) {
          throw new IOException("expected at most " + LARGEST_FILE + " bytes");
        }
        return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
    } catch (CharacterCodingException e) {
      problems.add(setting + " '" + name + "': expected text in UTF-8");
    } catch (IOException | InvalidPathException e) {
      String message = e instanceof AccessDeniedException ? "it may not be read" : e.getMessage();
      problems.add(setting + " '" + name + "': " + message);
    }
    return Optional.empty();
  }
}
