package io.x0tta6bl4.ebpf.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePortsTest {

  @Test
  void theDefaultsAreExactlyTheFiveThatTheMetricsPromise() {
    assertThat(ServicePorts.defaults().services())
        .containsExactly(
            Map.entry("dns", Set.of(53)),
            Map.entry("http", Set.of(80, 8080)),
            Map.entry("https", Set.of(443, 8443)),
            Map.entry("ssh", Set.of(22)),
            Map.entry("ntp", Set.of(123)));
    assertThat(ServicePorts.defaults().names()).containsExactly("other", "dns", "http", "https", "ssh", "ntp");
  }

  @Test
  void servicesAreNumberedFromOneInTheOrderInWhichTheyWereNamed() {
    ServicePorts ports = ServicePorts.builder().service("web", 8443, 443).service("db", 5432).build();
    assertThat(ports.names()).containsExactly("other", "web", "db");
    assertThat(ports.numbers())
        .containsExactly(Map.entry(443, (byte) 1), Map.entry(5432, (byte) 2), Map.entry(8443, (byte) 1));
  }

  @Test
  void thereCanBeNoneAndUpToFifteen() {
    assertThat(ServicePorts.builder().build().names()).containsExactly("other");
    ServicePorts.Builder builder = ServicePorts.builder();
    for (int i = 1; i <= 15; i++) {
      builder.service("s" + i, i);
    }
    assertThat(builder.build().names()).hasSize(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.service("one-more", 16))
        .withMessage("service 'one-more': expected 15 services at the most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "grpc", "a-1_b", "abcdefghijklmnopqrstuvwxyz012345"})
  void acceptsNamesThatAreFitForALabel(String name) {
    assertThat(ServicePorts.builder().service(name, 1).build().services()).containsOnlyKeys(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "other", "taken", "Web", "1web", "-web", "web server", "wéb", "web\n", "a\"b",
        "abcdefghijklmnopqrstuvwxyz0123456"
      })
  void refusesOtherNames(String name) {
    ServicePorts.Builder builder = ServicePorts.builder().service("taken", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.service(name, 2))
        .withMessage(
            "service '" + name
                + "': expected a new name of 1 to 32 characters of [a-z0-9_-], a letter first, and not 'other'");
    assertThat(builder.build().services()).containsOnlyKeys("taken");
  }

  @Test
  void refusesNoName() {
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> ServicePorts.builder().service(null, 1))
        .withMessage("name");
  }

  @Test
  void portsAreFrom0To65535() {
    assertThat(ServicePorts.builder().service("ends", 0, 65_535).build().numbers()).containsOnlyKeys(0, 65_535);
    for (int port : new int[] {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ServicePorts.builder().service("x", 80, port))
          .withMessage("service 'x', port " + port + ": expected 0 to 65535");
    }
  }

  @Test
  void aServiceHasAtLeastOnePort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServicePorts.builder().service("x"))
        .withMessage("service 'x': expected at least one port");
  }

  @Test
  void aPortBelongsToOneServiceAndARefusedServiceLeavesNothing() {
    ServicePorts.Builder builder = ServicePorts.builder().service("web", 80, 80);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.service("proxy", 3128, 80))
        .withMessage("service 'proxy', port 80: it belongs to 'web'");
    assertThat(builder.service("cache", 3128).build().services())
        .containsExactly(Map.entry("web", Set.of(80)), Map.entry("cache", Set.of(3128)));
  }

  @Test
  void whatIsBuiltDoesNotChangeWithItsBuilderNorByItsReader() {
    ServicePorts.Builder builder = ServicePorts.builder().service("a", 1);
    ServicePorts built = builder.build();
    builder.service("b", 2);
    assertThat(built.services()).containsOnlyKeys("a");
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> built.services().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> built.services().values().iterator().next().add(2));
  }

  @Test
  void areEqualIfTheyGiveThePortsTheSameNumbersAndNames() {
    ServicePorts ports = ServicePorts.builder().service("a", 1, 2).service("b", 3).build();
    assertThat(ports)
        .isEqualTo(ServicePorts.builder().service("a", 2, 1).service("b", 3).build())
        .hasSameHashCodeAs(ServicePorts.builder().service("a", 2, 1).service("b", 3).build())
        .hasToString("{a=[1, 2], b=[3]}");
    List<ServicePorts> others =
        List.of(
            ServicePorts.builder().service("a", 1, 2).build(),
            ServicePorts.builder().service("a", 1).service("b", 3).build(),
            ServicePorts.builder().service("b", 3).service("a", 1, 2).build());
    assertThat(others).doesNotContain(ports);
  }
}
