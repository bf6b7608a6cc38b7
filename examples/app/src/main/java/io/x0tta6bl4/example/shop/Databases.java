package io.x0tta6bl4.example.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.x0tta6bl4.example.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Opens the database of the settings. */
final class Databases {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Databases() {}

  static HikariDataSource open(Settings.Database settings) throws StartException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(PATIENCE.toMillis());
    if (settings.url().isPresent()) {
      config.setJdbcUrl(settings.url().get());
      settings.user().ifPresent(config::setUsername);
      settings.password().ifPresent(password -> config.setPassword(password.reveal()));
      // A statement that repeats is worth preparing at its second use: most of the ledger's repeat.
      config.addDataSourceProperty("prepareThreshold", "2");
      config.addDataSourceProperty("ApplicationName", "x0tta6bl4");
    } else {
      config.setJdbcUrl("jdbc:h2:async:" + folderOf(settings.file()) + ";DB_CLOSE_ON_EXIT=FALSE");
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw StartException.unavailable(
          settings.url().isPresent() ? "DATABASE_URL" : "DATABASE_FILE '" + settings.file() + "'", cause);
    }
  }

  private static Path folderOf(Path file) throws StartException {
    Path absolute = file.toAbsolutePath();
    try {
      if (absolute.toString().contains(";")) {
        throw new IOException("expected a path without a semicolon");
      }
      Path folder = absolute.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return absolute;
    } catch (IOException e) {
      throw StartException.settings("DATABASE_FILE '" + file + "'", e);
    }
  }
}
