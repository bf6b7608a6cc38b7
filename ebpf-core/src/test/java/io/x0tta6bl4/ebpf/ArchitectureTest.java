package io.x0tta6bl4.ebpf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "io.x0tta6bl4.ebpf";
  private static final String INTERNAL = ROOT + ".internal..";
  private static final String BINDINGS = ROOT + ".internal.libbpf..";
  private static final String FOREIGN = "java.lang.foreign";

  private static JavaClasses main;

  @BeforeAll
  static void read() {
    main = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);
  }

  @Test
  void noInternalAndNoForeignTypeIsInASignatureOfAnExportedPackage() {
    classes()
        .that().resideOutsideOfPackage(INTERNAL)
        .and().arePublic()
        .should(
            new ArchCondition<JavaClass>("have no internal and no foreign type in a public or protected signature") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getFields().stream(), type.getCodeUnits().stream())
                    .filter(m -> isVisible(m) && signature(m).anyMatch(ArchitectureTest::isHidden))
                    .forEach(m -> events.add(SimpleConditionEvent.violated(m, m.getDescription())));
                Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
                    .filter(ArchitectureTest::isHidden)
                    .forEach(t -> events.add(SimpleConditionEvent.violated(type, type + " extends " + t)));
              }
            })
        .check(main);
  }

  @Test
  void theFacadesAndTheMetricsKnowNeitherTheBindingsNorForeignMemory() {
    noClasses()
        .that().resideInAnyPackage(ROOT + ".net", ROOT + ".metrics")
        .should().dependOnClassesThat().resideInAnyPackage(BINDINGS, FOREIGN)
        .check(main);
  }

  @Test
  void theMetricsUseTheFacadesAndNothingInternal() {
    noClasses()
        .that().resideInAPackage(ROOT + ".metrics")
        .should().dependOnClassesThat().resideInAPackage(INTERNAL)
        .check(main);
  }

  @Test
  void onlyTheMetricsUsePrometheus() {
    noClasses()
        .that().resideOutsideOfPackage(ROOT + ".metrics")
        .should().dependOnClassesThat().resideInAPackage("io.prometheus..")
        .check(main);
  }

  @Test
  void thePackagesDependOnEachOtherInOneDirection() {
    noClasses()
        .that().resideInAPackage(ROOT)
        .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".net", ROOT + ".metrics")
        .check(main);
    noClasses()
        .that().resideInAPackage(BINDINGS)
        .should().dependOnClassesThat(
            DescribedPredicate.describe(
                "are ours by hand",
                t -> t.getPackageName().startsWith(ROOT) && !t.getPackageName().endsWith(".libbpf")))
        .check(main);
    slices().matching(ROOT + ".(net|metrics)..").should().beFreeOfCycles().check(main);
  }

  @Test
  void errnoIsReadByTwoClassesOnly() {
    noClasses()
        .that().doNotHaveSimpleName("Libc")
        .and().doNotHaveSimpleName("NativeObject")
        .should().callMethod("java.lang.foreign.Linker$Option", "captureCallState", String[].class.getName())
        .check(main);
  }

  @Test
  void theLibraryIsAskedForBeforeTheBindingsLookForIt() {
    noClasses()
        .that().doNotHaveSimpleName("LibbpfLibrary")
        .and().resideOutsideOfPackage(BINDINGS)
        .should().callMethod(FOREIGN + ".SymbolLookup", "libraryLookup", String.class.getName(), FOREIGN + ".Arena")
        .check(main);
  }

  @Test
  void nothingIsPrinted() {
    noClasses()
        .that().resideOutsideOfPackage(BINDINGS)
        .should().accessField(System.class, "out")
        .orShould().accessField(System.class, "err")
        .check(main);
  }

  @Test
  void noThreadIsStartedAndNobodySleeps() {
    noClasses()
        .should().callMethod(Thread.class, "sleep", long.class)
        .orShould().callMethod(Thread.class, "start")
        .orShould().dependOnClassesThat().areAssignableTo(java.util.concurrent.Executor.class)
        .check(main);
  }

  @Test
  void publicTypesAreFinalOrSealedOrInterfaces() {
    classes()
        .that().arePublic()
        .and().resideOutsideOfPackage(BINDINGS)
        .and().areNotInterfaces()
        .and().areNotEnums()
        .should(
            new ArchCondition<JavaClass>("be final or sealed") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.getModifiers().contains(JavaModifier.FINAL) || type.reflect().isSealed();
                events.add(new SimpleConditionEvent(type, closed, type.getName()));
              }
            })
        .check(main);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC) || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static boolean isHidden(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.startsWith(ROOT + ".internal") || name.equals(FOREIGN);
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
}
