# Sourced: finds the jar of the shop and a JDK 25 to run it with. Sets jar and JAVA. Expects `fail` to be defined.
jar=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../app" && pwd)/target/x0tta6bl4.jar
[ -f "$jar" ] || fail "$jar is missing: run mvn -q -DskipTests package first"
JAVA=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*; do
  if [ -x "$candidate/bin/java" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "2[5-9]'; then
    JAVA=$candidate/bin/java
    break
  fi
done
[ -n "$JAVA" ] || fail "no Java 25 was found; set JAVA_HOME"
