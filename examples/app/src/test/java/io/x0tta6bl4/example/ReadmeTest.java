package io.x0tta6bl4.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the READMEs show is what is there: examples are lines of files that are compiled, links lead somewhere, commands exist. */
class ReadmeTest {

  private static final Path HOUSE = Path.of("../..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".terraform");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern SOURCE = Pattern.compile("\\[the whole file\\]\\(([^)]+)\\)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\| `)?(mvn [^`\\n|]+)");
  private static final Pattern PROGRAM = Pattern.compile("(?m)^(?:[A-Z_0-9]+=\\S+ )*((?:examples|ebpf-core|payment-api|\\.ci)/\\S+)");
  private static final Pattern POM_DEPENDENCY =
      Pattern.compile("<dependency>\\s*<groupId>io\\.x0tta6bl4</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*(.*?)</dependency>", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("pages")
  void examplesAreLinesOfTheFilesThatTheyName(Path page) {
    List<String> missing = new ArrayList<>();
    Path source = null;
    String language = null;
    int from = 0;
    for (String line : lines(page)) {
      String text = line.strip();
      if (text.startsWith("```")) {
        boolean opens = language == null;
        language = opens ? text.substring(3) : null;
        from = 0;
        if (opens && Set.of("java", "kotlin", "xml", "c").contains(language)) {
          assertThat(source).as("%s: the file of the example before which no [the whole file](...) stands", page).isNotNull();
        }
      } else if (language == null) {
        source = SOURCE.matcher(line).results().map(link -> page.resolveSibling(link.group(1))).reduce((a, b) -> b).orElse(source);
        source = line.startsWith("#") ? null : source;
      } else if (Set.of("java", "kotlin", "xml", "c").contains(language) && !code(text).isEmpty()) {
        List<String> there = lines(source).stream().map(ReadmeTest::code).toList();
        int at = there.subList(from, there.size()).indexOf(code(text));
        if (at < 0) {
          missing.add(text);
        } else {
          from += at + 1;
        }
      }
    }
    assertThat(missing).as("lines in %s that are not in %s, or not there in this order", page, source).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) {
    assertThat(LINK.matcher(text(page)).results().map(link -> link.group(1)))
        .filteredOn(link -> !link.contains("://"))
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsNameProfilesModulesAndProgramsThatAreThere(Path page) {
    String text = text(page);
    String poms = files("pom.xml").stream().map(ReadmeTest::text).collect(Collectors.joining());
    for (String command : COMMAND.matcher(text).results().map(match -> match.group(1)).toList()) {
      for (MatchResult profile : Pattern.compile(" -P(\\S+)").matcher(command).results().toList()) {
        assertThat(poms).as(command).contains("<id>" + profile.group(1) + "</id>");
      }
      for (MatchResult module : Pattern.compile(" -pl (\\S+)").matcher(command).results().toList()) {
        assertThat(module.group(1).split(",")).as(command).allSatisfy(folder -> assertThat(HOUSE.resolve(folder).resolve("pom.xml")).exists());
      }
    }
    assertThat(PROGRAM.matcher(text).results().map(match -> HOUSE.resolve(match.group(1))))
        .filteredOn(program -> !program.toString().contains("target"))
        .allSatisfy(program -> assertThat(program).isExecutable());
  }

  @Test
  void thePictureHasTheArrowsOfTheBuild() {
    Map<String, Set<String>> build = new TreeMap<>();
    for (Path pom : files("pom.xml")) {
      String name = HOUSE.relativize(pom.getParent()).toString();
      boolean inThePicture = !name.isEmpty() && !name.contains("benchmarks") && !name.contains("consumers") && !name.contains("simulators") && !name.contains("ledger-tests") && !name.equals("bom");
      if (inThePicture) {
        build.put(name, needs(text(pom)));
      }
    }
    Map<String, Set<String>> picture = new TreeMap<>();
    build.keySet().forEach(name -> picture.put(name, new TreeSet<>()));
    Map<String, String> boxes = new TreeMap<>();
    String mermaid = text(HOUSE.resolve("README.md")).replaceFirst("(?s).*```mermaid\n(.*?)```.*", "$1");
    Pattern.compile("(\\w+)\\[\"`?([\\w/-]+)").matcher(mermaid).results().forEach(box -> boxes.put(box.group(1), box.group(2)));
    Pattern.compile("(?m)^\\s*(\\w+) --> ([\\w &]+)$")
        .matcher(mermaid)
        .results()
        .forEach(arrow -> Stream.of(arrow.group(2).split(" & ")).forEach(to -> picture.get(boxes.get(arrow.group(1))).add(boxes.get(to.strip()))));

    assertThat(picture).isEqualTo(build);
  }

  /** The folders of the modules that a pom needs to compile and run, without those that come by way of others. */
  private static Set<String> needs(String pom) {
    String ours = pom.replaceFirst("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
    return POM_DEPENDENCY
        .matcher(ours)
        .results()
        .filter(dependency -> !dependency.group(2).contains("test"))
        .map(dependency -> dependency.group(1).equals("payment-testkit") ? "payment-api/testkit" : dependency.group(1))
        .filter(name -> !name.equals("x0tta6bl4-simulators"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A line without what differs between a text and a program: indentation and a comment at its end. */
  private static String code(String line) {
    return line.replaceFirst("(^|\\s)//.*", "").strip();
  }

  static List<Path> pages() {
    return files(".md");
  }

  private static List<Path> files(String end) {
    List<Path> found = new ArrayList<>();
    collect(HOUSE, end, found);
    return found;
  }

  private static void collect(Path folder, String end, List<Path> found) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry) && !NOT_OURS.contains(entry.getFileName().toString())) {
          collect(entry, end, found);
        } else if (entry.getFileName().toString().endsWith(end)) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    return text(file).lines().toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
