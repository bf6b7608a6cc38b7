import java.io.IOException;

/** Runs the script beside it with the runtime that the build has chosen, which a shell cannot know. */
final class Build {

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(new ProcessBuilder("src/image/build", System.getProperty("java.home")).inheritIO().start().waitFor());
  }
}
