package io.x0tta6bl4.payment.ton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jars as named modules: all that they require is there, and the provider is found through them. */
class ModulePathIT {

  private static final List<String> NEEDED =
      List.of("payment-api-", "payment-ton-", "jackson-", "failsafe-", "slf4j-api-");

  @Test
  void theProviderIsFoundOnTheModulePath() throws Exception {
    ClassLoader loader = layer().findLoader("io.x0tta6bl4.payment.ton");
    Class<?> verifiers = loader.loadClass("io.x0tta6bl4.payment.PaymentVerifiers");
    assertThat(verifiers.getModule().isNamed()).isTrue();

    Object provider = verifiers.getMethod("provider", String.class, ClassLoader.class).invoke(null, "ton", loader);

    assertThat(provider.getClass().getModule().getName()).isEqualTo("io.x0tta6bl4.payment.ton");
  }

  @Test
  void internalPackagesAreNotExported() throws Exception {
    for (String name : List.of("io.x0tta6bl4.payment", "io.x0tta6bl4.payment.ton")) {
      Module module = layer().findModule(name).orElseThrow();
      assertThat(module.getPackages()).isNotEmpty();
      assertThat(module.getPackages().stream().filter(p -> p.contains(".internal")).filter(module::isExported)).isEmpty();
    }
  }

  private static ModuleLayer layer() {
    Path[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> NEEDED.stream().anyMatch(path.getFileName().toString()::startsWith))
            .toArray(Path[]::new);
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of("io.x0tta6bl4.payment.ton"));
    return ModuleLayer.defineModulesWithOneLoader(modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
        .layer();
  }
}
