package io.x0tta6bl4.example.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The routes, and which one a request takes. Filled by one thread before the first request; then thread-safe. */
final class RouteTable {

  /** What a request finds. */
  sealed interface Found {}

  /**
   * A route.
   *
   * @param route the route
   * @param parameters the segments that its pattern names
   */
  record Match(Route route, Map<String, String> parameters) implements Found {}

  /**
   * A path with other methods.
   *
   * @param methods for the {@code Allow} header
   */
  record OtherMethods(List<String> methods) implements Found {}

  /** No such path. */
  record Nothing() implements Found {}

  /**
   * A route.
   *
   * @param method in upper case
   * @param pattern its segments, those in braces for any
   * @param maxBody in bytes
   * @param handler its handler
   */
  record Route(String method, List<String> pattern, int maxBody, Handler handler) {

    /**
     * The pattern.
     *
     * @return as it was added
     */
    String path() {
      return "/" + String.join("/", pattern);
    }

    private Map<String, String> match(List<String> segments) {
      Map<String, String> parameters = new HashMap<>();
      for (int i = 0; i < pattern.size(); i++) {
        if (isName(pattern.get(i))) {
          parameters.put(pattern.get(i).substring(1, pattern.get(i).length() - 1), segments.get(i));
        }
      }
      return Map.copyOf(parameters);
    }

    private boolean matches(List<String> segments) {
      if (segments.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < pattern.size(); i++) {
        if (!isName(pattern.get(i)) && !pattern.get(i).equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean isName(String segment) {
      return segment.startsWith("{");
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /**
   * Adds a route.
   *
   * @param method in upper case
   * @param pattern see {@link Router}
   * @param maxBody in bytes
   * @param handler its handler
   */
  void add(String method, String pattern, int maxBody, Handler handler) {
    List<String> segments = pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/", -1));
    routes.add(new Route(method, segments, maxBody, handler));
  }

  /**
   * Finds the route of a request; HEAD takes that of GET.
   *
   * @param method in upper case
   * @param segments decoded
   * @return what there is
   */
  Found find(String method, List<String> segments) {
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.matches(segments)) {
        if (route.method().equals(method) || (method.equals("HEAD") && route.method().equals("GET"))) {
          return new Match(route, route.match(segments));
        }
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      return new Nothing();
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return new OtherMethods(List.copyOf(methods));
  }

  /**
   * The routes as they were added.
   *
   * @return method and pattern, such as {@code GET /api/orders/{id}}
   */
  List<String> describe() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }
}
