package io.x0tta6bl4.payment;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "io.x0tta6bl4.payment";
  private static final Set<String> FRACTIONS = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private static JavaClasses main;

  @BeforeAll
  static void read() {
    main = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);
  }

  @Test
  void noInternalTypeIsInASignatureOfAnExportedPackage() {
    classes()
        .that(are(not(resideInAnyPackage(ROOT + ".internal.."))))
        .and().arePublic()
        .should(
            new ArchCondition<JavaClass>("have no internal type in a public or protected signature") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaMember> members =
                    Stream.concat(type.getFields().stream(), type.getCodeUnits().stream());
                members
                    .filter(m -> isVisible(m) && signature(m).anyMatch(ArchitectureTest::isInternal))
                    .forEach(m -> events.add(SimpleConditionEvent.violated(m, m.getDescription())));
                Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
                    .filter(ArchitectureTest::isInternal)
                    .forEach(t -> events.add(SimpleConditionEvent.violated(type, type + " extends " + t)));
              }
            })
        .check(main);
  }

  @Test
  void onlyTheHttpPackageUsesTheJdksHttpClient() {
    noClasses()
        .that(are(not(resideInAPackage(ROOT + ".http.."))))
        .should().dependOnClassesThat().resideInAPackage("java.net.http..")
        .check(main);
  }

  @Test
  void onlyTheMetricsUsePrometheusWhichAUserMayNotHave() {
    noClasses()
        .that(are(not(resideInAPackage(ROOT + ".metrics"))))
        .should().dependOnClassesThat().resideInAPackage("io.prometheus..")
        .orShould().dependOnClassesThat().haveSimpleName("PrometheusPaymentMetrics")
        .check(main);
  }

  @Test
  void theRulesDependOnNoNetworkAndNoThreads() {
    noClasses()
        .that().resideInAPackage(ROOT + ".internal.matching..")
        .should().dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".http..", "java.net..", "java.io..", "java.nio..", "java.util.concurrent..", "com.fasterxml..",
                "dev.failsafe..")
        .check(main);
  }

  @Test
  void theHttpPackageKnowsNeitherTheRulesNorTheSpi() {
    noClasses()
        .that().resideInAPackage(ROOT + ".http..")
        .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".internal.matching..", ROOT + ".spi..")
        .check(main);
  }

  @Test
  void noCycleInvolvesTheRulesAndTheHttpPackage() {
    slices()
        .matching(ROOT + ".(http|internal.matching)..")
        .should().beFreeOfCycles()
        .check(main);
  }

  @Test
  void noFieldAndNoParameterIsAFloatingPointNumber() {
    fields()
        .should(
            new ArchCondition<JavaField>("be exact") {
              @Override
              public void check(JavaField field, ConditionEvents events) {
                if (FRACTIONS.contains(field.getRawType().getName())) {
                  events.add(SimpleConditionEvent.violated(field, field.getDescription()));
                }
              }
            })
        .check(main);
    classes()
        .should(
            new ArchCondition<JavaClass>("take and give exact numbers") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                    .filter(u -> signature(u).anyMatch(t -> FRACTIONS.contains(t.getName())))
                    .forEach(u -> events.add(SimpleConditionEvent.violated(u, u.getDescription())));
              }
            })
        .check(main);
  }

  @Test
  void timeIsReadAndWaitedForInOnePlaceOnly() {
    DescribedPredicate<JavaClass> elsewhere =
        describedAs(
            "all but the defaults",
            t -> !t.getName().equals(ROOT + ".http.SystemTicker") && !t.getName().equals(ROOT + ".spi.VerifierContext"));
    noClasses()
        .that(elsewhere)
        .should().callMethod(Instant.class, "now")
        .orShould().callMethod(Instant.class, "now", Clock.class)
        .orShould().callMethod(System.class, "currentTimeMillis")
        .orShould().callMethod(System.class, "nanoTime")
        .orShould().callMethod(Thread.class, "sleep", long.class)
        .orShould().callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould().callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
        .orShould().callMethod(Clock.class, "systemUTC")
        .orShould().callMethod(Clock.class, "systemDefaultZone")
        .check(main);
  }

  @Test
  void nothingIsPrintedAndNoOtherLoggerUsed() {
    noClasses()
        .should().accessField(System.class, "out")
        .orShould().accessField(System.class, "err")
        .orShould().dependOnClassesThat().resideInAPackage("java.util.logging..")
        .check(main);
  }

  @Test
  void publicTypesAreFinalOrSealedOrInterfacesOrTheBaseOfOurExceptions() {
    classes()
        .that().arePublic()
        .and().areNotInterfaces()
        .and().areNotEnums()
        .and().doNotHaveSimpleName("PaymentException")
        .should().haveModifier(JavaModifier.FINAL)
        .check(main);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC) || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isInternal(JavaClass type) {
    return type.getBaseComponentType().getPackageName().startsWith(ROOT + ".internal");
  }

  private static Stream<JavaClass> signature(JavaMember member) {
    if (member instanceof JavaCodeUnit unit) {
      return Stream.concat(
          Stream.concat(
              unit.getReturnType().getAllInvolvedRawTypes().stream(),
              unit.getParameterTypes().stream().flatMap(p -> p.getAllInvolvedRawTypes().stream())),
          unit.getExceptionTypes().stream());
    }
    return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
  }

  private static <T> DescribedPredicate<T> describedAs(String text, java.util.function.Predicate<T> predicate) {
    return DescribedPredicate.describe(text, predicate);
  }
}
