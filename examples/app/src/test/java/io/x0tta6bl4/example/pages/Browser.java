package io.x0tta6bl4.example.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.zxing.ReaderException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, without a window, led by its own driver. */
public final class Browser implements AutoCloseable {

  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;
  private final Path profile;

  private Browser(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  /** Starts a browser; without one the test is skipped, but not where everything has to be there. */
  public static Browser start() throws IOException {
    boolean there = CHROMIUM.canExecute() && DRIVER.canExecute();
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no " + CHROMIUM + " or no " + DRIVER + ": expected Debian's chromium and chromium-driver");
    }
    assumeTrue(there, "skipped: needs Debian's packages chromium and chromium-driver");
    Path profile = Files.createTempDirectory("chromium");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    Browser browser = new Browser(new ChromeDriver(service, options), profile);
    browser.size(390, 1200);
    return browser;
  }

  /** Sets the size of the window's inside. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Sets whether the reader likes it dark. */
  public void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Sets whether pages may run scripts. */
  public void scripts(boolean run) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  public void open(String url) {
    driver.get(url);
  }

  // An element that was found may be replaced before it is asked: these find and ask at once.

  public String text(String css) {
    return String.valueOf(run("return document.querySelector(arguments[0]).innerText", css));
  }

  public String attribute(String css, String name) {
    return String.valueOf(run("return document.querySelector(arguments[0]).getAttribute(arguments[1])", css, name));
  }

  public void click(String css) {
    run("document.querySelector(arguments[0]).click()", css);
  }

  public long count(String css) {
    return (Long) run("return document.querySelectorAll(arguments[0]).length", css);
  }

  /** Waits until an element that may come and go has a text. */
  public void await(String css, String text) {
    new WebDriverWait(driver, Duration.ofSeconds(15))
        .withMessage("'" + text + "' in " + css)
        .until(now -> count(css) > 0 && text(css).contains(text));
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Lets the page read and write the clipboard. */
  public void allowClipboard(String origin) {
    driver.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("origin", origin, "permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  public String clipboard() {
    return String.valueOf(driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"));
  }

  /** Reads the QR code that an element shows. */
  public String qr(String css) throws IOException, ReaderException {
    byte[] png = driver.findElement(By.cssSelector(css)).getScreenshotAs(OutputType.BYTES);
    return QrCodesTest.decode(ImageIO.read(new ByteArrayInputStream(png)));
  }

  /** Keeps a picture of the page for the README. */
  public void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Gives what the browser complained of since the last time. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  /** Gives the faults that hinder people much, as axe-core finds them. */
  @SuppressWarnings("unchecked")
  public List<String> accessibilityFaults() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), UTF_8));
    }
    Map<String, Object> result =
        (Map<String, Object>) driver.executeAsyncScript("axe.run().then(arguments[0], e => arguments[0]({violations: [{id: String(e), impact: 'critical'}], passes: []}))");
    if (((List<Object>) result.get("passes")).isEmpty()) {
      throw new AssertionError("axe-core has checked nothing: " + result.get("violations"));
    }
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> violation : (List<Map<String, Object>>) result.get("violations")) {
      if (List.of("serious", "critical").contains(violation.get("impact"))) {
        faults.add(violation.get("id") + ": " + violation.get("nodes"));
      }
    }
    return faults;
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (var files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
