package io.x0tta6bl4.example.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up without a file to parse at the start: on stderr, since scripts read stdout. Found by logback itself; warnings
 * and errors as text until a program says otherwise.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  /** Made by logback. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    set(loggers, Level.WARN, false);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Changes what is logged, and how.
   *
   * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
   * @param json whether each line is a JSON object, which has the order that it is about
   */
  public static void apply(String level, boolean json) {
    set((LoggerContext) LoggerFactory.getILoggerFactory(), Level.toLevel(level), json);
  }

  private static void set(LoggerContext loggers, Level level, boolean json) {
    Encoder<ILoggingEvent> encoder = json ? json() : text();
    encoder.setContext(loggers);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(loggers);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(level);
    root.addAppender(appender);
    // The pool tells at length what the ledger's own messages say in a line.
    loggers.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
  }

  /** With the whole sentence in place of its parts, and without what never changes. */
  private static JsonEncoder json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    return encoder;
  }

  private static PatternLayoutEncoder text() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern("%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{30} - %msg%n");
    return encoder;
  }
}
