package io.x0tta6bl4.ebpf.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.x0tta6bl4.ebpf.TcDirection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficClassTest {

  @Test
  void theNetworksHaveTheNumbersOfTheProgram() throws IOException {
    assertThat(numbered(Arrays.stream(Network.values()).map(Network::label).toArray(String[]::new)))
        .isEqualTo(documented("network"))
        .isEqualTo("0 other, 1 ipv4, 2 ipv6, 3 arp");
  }

  @Test
  void theTransportsHaveTheNumbersOfTheProgram() throws IOException {
    assertThat(numbered(Arrays.stream(Transport.values()).map(Transport::label).toArray(String[]::new)))
        .isEqualTo(documented("transport"))
        .isEqualTo(
            "0 other, 1 tcp, 2 udp, 3 icmp, 4 igmp, 5 sctp, 6 gre, 7 ipip, 8 ipsec, 9 fragment, 10 malformed");
  }

  @Test
  void theDirectionsAreIngressAndEgress() {
    assertThat(TcDirection.values()).extracting(TcDirection::label).containsExactly("ingress", "egress");
  }

  @Test
  void aClassHasAllItsParts() {
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> new TrafficClass(null, Transport.TCP, "https"))
        .withMessage("network");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> new TrafficClass(Network.IPV4, null, "https"))
        .withMessage("transport");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> new TrafficClass(Network.IPV4, Transport.TCP, null))
        .withMessage("service");
  }

  @Test
  void countsAddUp() {
    assertThat(Counts.NONE.plus(new Counts(1, 60)).plus(new Counts(2, 200))).isEqualTo(new Counts(3, 260));
  }

  private static String numbered(String... labels) {
    return IntStream.range(0, labels.length).mapToObj(i -> i + " " + labels[i]).collect(Collectors.joining(", "));
  }

  /** The line of the program's comment, whose source comes with it. */
  private static String documented(String part) throws IOException {
    try (InputStream in = TrafficClassTest.class.getResourceAsStream("/META-INF/bpf/src/tc_classifier.bpf.c")) {
      String source = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Matcher line = Pattern.compile(" \\*   " + part + " +(0 other.*)").matcher(source);
      assertThat(line.find()).isTrue();
      return line.group(1);
    }
  }
}
