package io.x0tta6bl4.ebpf.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the committed objects to their sources and to the names that readers rely on, without clang or a kernel. */
class BpfObjectsTest {

  private static final Path SOURCES = Path.of("src/main/bpf");
  private static final Path OBJECTS = Path.of("src/main/resources/META-INF/bpf");
  private static final String REBUILD =
      "the objects are not of these sources; make them with: mvn -Pbpf -pl ebpf-programs generate-resources";
  private static final int BPF = 247;
  private static final int DATA = 1;
  private static final int FUNCTION = 2;

  @Test
  void everySourceHasItsObjectAndItsEntryInTheIndex() throws IOException {
    List<String> names = names(SOURCES, ".bpf.c");

    assertThat(names).contains("tc_classifier", "xdp_counter");
    assertThat(names(OBJECTS, ".bpf.o")).isEqualTo(names);
    assertThat(index().stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            names.stream()
                .flatMap(name -> Stream.of(".file", ".object-sha256", ".source-sha256").map(name::concat))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tc_classifier", "xdp_counter", "xdp_counter_linear"})
  void theIndexHasTheHashesOfTheSourceAndTheObject(String name) throws IOException {
    Properties index = index();

    assertThat(index.getProperty(name + ".file")).isEqualTo(name + ".bpf.o");
    assertThat(index.getProperty(name + ".source-sha256")).as(REBUILD).isEqualTo(sourceHash(name));
    assertThat(index.getProperty(name + ".object-sha256"))
        .as(REBUILD)
        .isEqualTo(hash(Files.readAllBytes(OBJECTS.resolve(name + ".bpf.o"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tc_classifier", "xdp_counter", "xdp_counter_linear"})
  void theJarHasObjectSourceAndLicence(String name) throws IOException {
    assertThat(resource("/META-INF/bpf/" + name + ".bpf.o"))
        .isEqualTo(Files.readAllBytes(OBJECTS.resolve(name + ".bpf.o")));
    assertThat(resource("/META-INF/bpf/src/" + name + ".bpf.c"))
        .isEqualTo(Files.readAllBytes(SOURCES.resolve(name + ".bpf.c")));
    assertThat(new String(resource("/META-INF/bpf/src/LICENSE"), StandardCharsets.UTF_8))
        .contains("GPL-2.0-only OR BSD-2-Clause");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tc_classifier", "xdp_counter", "xdp_counter_linear"})
  void theObjectIsLittleEndianBpfWithTypesAndLicence(String name) throws IOException {
    ElfFile elf = object(name);

    assertThat(elf.wordSize()).isEqualTo(2);
    assertThat(elf.byteOrder()).isEqualTo(1);
    assertThat(elf.machine()).isEqualTo(BPF);
    assertThat(elf.sectionNames()).contains(".BTF", ".BTF.ext").noneMatch(section -> section.startsWith(".debug"));
    assertThat(elf.section("license")).isEqualTo("Dual BSD/GPL\0".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp_counter", "xdp_counter_linear"})
  void bothCountersHaveTheSameProgramAndMap(String name) throws IOException {
    ElfFile elf = object(name);

    assertThat(symbols(elf, "xdp", FUNCTION)).containsExactly("xdp_counter_prog");
    assertThat(symbols(elf, ".maps", DATA)).containsExactly("packet_count");
  }

  @Test
  void theClassifierHasItsProgramMapsAndSettings() throws IOException {
    ElfFile elf = object("tc_classifier");

    assertThat(symbols(elf, "tc", FUNCTION)).containsExactly("tc_classifier_prog");
    assertThat(symbols(elf, ".maps", DATA)).containsExactlyInAnyOrder("traffic", "row_key");
    assertThat(elf.symbols())
        .contains(
            new ElfFile.Symbol("egress", ".rodata", DATA, true, 0, 1),
            new ElfFile.Symbol("link_header", ".rodata", DATA, true, 1, 1),
            new ElfFile.Symbol("port_class", ".bss", DATA, true, 0, 65536));
    assertThat(elf.section(".rodata")).startsWith(0, 14);
  }

  @Test
  void everySourceSaysItsLicence() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().matches(".*\\.[ch]")).toList();

      assertThat(sources)
          .hasSizeGreaterThan(3)
          .allSatisfy(
              file ->
                  assertThat(Files.readAllLines(file).get(0))
                      .contains("SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause"));
    }
  }

  private static List<String> symbols(ElfFile elf, String section, int type) {
    return elf.symbols().stream()
        .filter(symbol -> symbol.section().equals(section) && symbol.type() == type && symbol.global())
        .map(ElfFile.Symbol::name)
        .toList();
  }

  private static ElfFile object(String name) throws IOException {
    return new ElfFile(Files.readAllBytes(OBJECTS.resolve(name + ".bpf.o")));
  }

  private static Properties index() throws IOException {
    Properties index = new Properties();
    try (Reader reader = Files.newBufferedReader(OBJECTS.resolve("index.properties"))) {
      index.load(reader);
    }
    return index;
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ending))
          .map(file -> file.substring(0, file.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  private static String sourceHash(String name) throws IOException {
    MessageDigest digest = sha256();
    digest.update(Files.readAllBytes(SOURCES.resolve(name + ".bpf.c")));
    try (Stream<Path> headers = Files.list(SOURCES.resolve("include"))) {
      for (Path header : headers.sorted().toList()) {
        digest.update(Files.readAllBytes(header));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (var stream = BpfObjectsTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }
}
