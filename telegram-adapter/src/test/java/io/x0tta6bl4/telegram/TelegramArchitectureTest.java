package io.x0tta6bl4.telegram;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;

@AnalyzeClasses(packages = "io.x0tta6bl4.telegram", importOptions = ImportOption.DoNotIncludeTests.class)
class TelegramArchitectureTest {

  private static final String INTERNAL = "io.x0tta6bl4.telegram.internal..";

  @ArchTest
  static final ArchRule NOBODY_USES_THE_HTTP_CLIENT_OF_THE_JDK =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule ONLY_THE_WEBHOOKS_SERVER_IS_A_SERVER =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WebhookServer.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule ONLY_STORES_SPEAK_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.x0tta6bl4.telegram.internal.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule NOBODY_READS_THE_SYSTEMS_TIME_OR_SLEEPS =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule NO_INTERNAL_TYPE_IS_IN_A_PUBLIC_SIGNATURE =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage(INTERNAL)
          .should(
              new ArchCondition<JavaMethod>("name no internal type") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  DescribedPredicate<JavaClass> internal = JavaClass.Predicates.resideInAPackage("..internal..");
                  boolean named =
                      internal.test(method.getRawReturnType()) || method.getRawParameterTypes().stream().anyMatch(internal);
                  events.add(new SimpleConditionEvent(method, !named, method.getFullName()));
                }
              });

  @ArchTest
  static final ArchRule PUBLIC_CLASSES_ARE_FINAL =
      classes().that().arePublic().and().areNotEnums().and().areNotInterfaces().should().haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule NOTHING_OF_OTHER_MODULES_INTERNALS_IS_USED =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.x0tta6bl4.payment.internal..");

  @ArchTest
  static final ArchRule STORES_SEND_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("io.x0tta6bl4.telegram.internal.store..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(BotApi.class);
}
