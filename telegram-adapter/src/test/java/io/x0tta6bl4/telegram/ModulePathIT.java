package io.x0tta6bl4.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jars as named modules: all that they require is there, and the texts are found in them. */
class ModulePathIT {

  private static final String MODULE = "io.x0tta6bl4.telegram";
  private static final List<String> NEEDED =
      List.of("payment-api-", "telegram-adapter-", "jackson-", "failsafe-", "slf4j-api-");

  @Test
  void theModuleResolvesWithoutPrometheusAndFindsItsTexts() throws Exception {
    ClassLoader loader = layer().findLoader(MODULE);
    assertThat(loader.loadClass("io.x0tta6bl4.telegram.BuyerBot").getModule().getName()).isEqualTo(MODULE);

    // Which language the operator speaks is looked up in the texts, which a module hides from others.
    Method start =
        Arrays.stream(loader.loadClass("io.x0tta6bl4.telegram.BuyerBot").getMethods())
            .filter(method -> method.getName().equals("builder"))
            .findFirst()
            .orElseThrow();
    Object builder = start.invoke(null, null, null, null, null);
    assertThat(builder.getClass().getMethod("adminChat", long.class, String.class).invoke(builder, 7L, "ru")).isSameAs(builder);
    Object token = loader.loadClass("io.x0tta6bl4.telegram.BotToken").getMethod("of", String.class).invoke(null, "42:abc");
    assertThat(token).hasToString("bot 42");
  }

  @Test
  void internalPackagesAreNotExported() {
    Module module = layer().findModule(MODULE).orElseThrow();
    assertThat(module.getPackages()).contains("io.x0tta6bl4.telegram.internal.store");
    assertThat(module.getPackages().stream().filter(p -> p.contains(".internal")).filter(module::isExported)).isEmpty();
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
            .resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of(MODULE));
    return ModuleLayer.defineModulesWithOneLoader(modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
        .layer();
  }
}
