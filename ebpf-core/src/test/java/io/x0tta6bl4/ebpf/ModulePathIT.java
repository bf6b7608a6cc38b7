package io.x0tta6bl4.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jars as named modules: all that they require is there, and the programs are found through them. */
class ModulePathIT {

  private static final String NAME = "io.x0tta6bl4.ebpf";
  private static final List<String> NEEDED =
      List.of("ebpf-core-", "ebpf-programs-", "prometheus-metrics-", "jspecify-", "slf4j-api-");

  @Test
  void theBundledObjectsAreFoundOnTheModulePath() throws Exception {
    Class<?> bundled = layer().findLoader(NAME).loadClass(NAME + ".BundledObject");
    assertThat(bundled.getModule().getName()).isEqualTo(NAME);
    assertThat(bundled).isNotEqualTo(BundledObject.class);

    for (Object object : bundled.getEnumConstants()) {
      byte[] bytes = (byte[]) bundled.getMethod("bytes").invoke(object);
      assertThat(bytes).as(object.toString()).isEqualTo(BundledObject.valueOf(object.toString()).bytes());
    }
  }

  @Test
  void thePreflightRunsOnTheModulePath() throws Exception {
    Class<?> preflight = layer().findLoader(NAME).loadClass(NAME + ".Preflight");
    assertThat(preflight.getMethod("check").invoke(null).toString()).startsWith("OK platform: Linux");
  }

  @Test
  void onlyThreePackagesAreExportedAndNoneIsOpen() throws Exception {
    ModuleDescriptor descriptor = layer().findModule(NAME).orElseThrow().getDescriptor();
    assertThat(descriptor.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(NAME, NAME + ".metrics", NAME + ".net");
    assertThat(descriptor.packages()).contains(NAME + ".internal", NAME + ".internal.libbpf");
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor.opens()).isEmpty();
  }

  private static ModuleLayer layer() {
    Path[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> NEEDED.stream().anyMatch(path.getFileName().toString()::startsWith))
            .toArray(Path[]::new);
    Configuration modules =
        ModuleLayer.boot().configuration().resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of(NAME));
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(
            modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
    return layer.enableNativeAccess(layer.layer().findModule(NAME).orElseThrow()).layer();
  }
}
