package io.x0tta6bl4.example;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house point one way: the app needs the chains, the chains need the API, and never back. */
@AnalyzeClasses(packages = "io.x0tta6bl4", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  private static final String TRON = "io.x0tta6bl4.payment.tron..";
  private static final String TON = "io.x0tta6bl4.payment.ton..";
  private static final String[] CHAINS_AND_TESTKIT = {TRON, TON, "io.x0tta6bl4.payment.testkit.."};

  @ArchTest
  static final ArchRule nothingNeedsTheApp =
      noClasses().that().resideOutsideOfPackage("io.x0tta6bl4.example..")
          .should().dependOnClassesThat().resideInAPackage("io.x0tta6bl4.example..");

  @ArchTest
  static final ArchRule simulatorsShareNothingWithWhatTheySimulateFor =
      noClasses().that().resideInAPackage("io.x0tta6bl4.simulator..")
          .should().dependOnClassesThat().resideInAnyPackage(
              "io.x0tta6bl4.payment.tron..", "io.x0tta6bl4.payment.ton..", "io.x0tta6bl4.telegram..");

  @ArchTest
  static final ArchRule theApiKnowsNoChainAndNoTestkit =
      noClasses().that().resideInAPackage("io.x0tta6bl4.payment..")
          .and().resideOutsideOfPackages(CHAINS_AND_TESTKIT)
          .should().dependOnClassesThat().resideInAnyPackage(CHAINS_AND_TESTKIT);

  @ArchTest
  static final ArchRule tronAndTonDoNotKnowEachOther =
      noClasses().that().resideInAPackage(TRON).should().dependOnClassesThat().resideInAPackage(TON);

  @ArchTest
  static final ArchRule tonAndTronDoNotKnowEachOther =
      noClasses().that().resideInAPackage(TON).should().dependOnClassesThat().resideInAPackage(TRON);

  @ArchTest
  static final ArchRule paymentsDoNotKnowTheKernel =
      noClasses().that().resideInAPackage("io.x0tta6bl4.payment..")
          .should().dependOnClassesThat().resideInAPackage("io.x0tta6bl4.ebpf..");

  @ArchTest
  static final ArchRule theKernelDoesNotKnowPayments =
      noClasses().that().resideInAPackage("io.x0tta6bl4.ebpf..")
          .should().dependOnClassesThat().resideInAPackage("io.x0tta6bl4.payment..");

  @ArchTest
  static final ArchRule theAppUsesNoInternals =
      noClasses().that().resideInAPackage("io.x0tta6bl4.example..")
          .should().dependOnClassesThat().resideInAPackage("..internal..");
}
