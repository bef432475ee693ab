package ai.birdie.workspace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Changes to what the workspace answers about statements, results, and warehouses. */
final class Rewrites {
  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:9/";

  private Rewrites() {}

  static Predicate<ObjectNode> moreRows(long by) {
    return answer ->
        answer.path("manifest") instanceof ObjectNode manifest
            && changed(
                manifest.put("total_row_count", manifest.path("total_row_count").longValue() + by));
  }

  static Predicate<ObjectNode> truncated() {
    return answer ->
        answer.path("manifest") instanceof ObjectNode manifest
            && changed(manifest.put("truncated", true));
  }

  static Predicate<ObjectNode> withoutLinks() {
    return answer -> links(answer).filter(links -> changed(links.removeAll())).isPresent();
  }

  static Predicate<ObjectNode> twiceTheFirstLink() {
    return answer ->
        links(answer).filter(links -> changed(links.add(links.get(0).deepCopy()))).isPresent();
  }

  /** Their times of expiry and their signatures' are in the past. */
  static Predicate<ObjectNode> expiredLinks() {
    return answer ->
        eachLink(
            answer,
            link -> {
              link.put("expiration", "2020-01-01T00:00:00.000Z");
              String address = link.path("external_link").asText();
              link.put(
                  "external_link",
                  address.replaceAll("X-Amz-Date=[^&]*", "X-Amz-Date=20200101T000000Z"));
            });
  }

  static Predicate<ObjectNode> linksToNowhere() {
    return answer ->
        eachLink(
            answer,
            link ->
                link.put(
                    "external_link",
                    link.path("external_link").asText().replaceFirst("https?://[^/]+/", NOWHERE)));
  }

  /** Each link leads to the chunk of its neighbour; a single one stays. */
  static Predicate<ObjectNode> swappedLinks() {
    return answer -> links(answer).filter(links -> links.size() > 1 && swap(links)).isPresent();
  }

  static Predicate<ObjectNode> state(String state) {
    return answer ->
        answer.path("status") instanceof ObjectNode status && changed(status.put("state", state));
  }

  /** It succeeded, was closed, and has nothing to give. */
  static Predicate<ObjectNode> closed() {
    return state("CLOSED").and(answer -> changed(answer.remove(List.of("manifest", "result"))));
  }

  static Predicate<ObjectNode> failed(String errorCode, String message, Optional<String> sqlState) {
    return state("FAILED")
        .and(answer -> {
          ObjectNode status = (ObjectNode) answer.path("status");
          status.putObject("error").put("error_code", errorCode).put("message", message);
          sqlState.ifPresent(value -> status.put("sql_state", value));
          answer.remove(List.of("manifest", "result"));
          return true;
        });
  }

  static Predicate<ObjectNode> warehouse(String state) {
    return answer -> answer.has("state") && changed(answer.put("state", state));
  }

  private static boolean swap(ArrayNode links) {
    JsonNode first = links.get(0).path("external_link");
    for (int i = 0; i + 1 < links.size(); i++) {
      ((ObjectNode) links.get(i)).set("external_link", links.get(i + 1).path("external_link"));
    }
    ((ObjectNode) links.get(links.size() - 1)).set("external_link", first);
    return true;
  }

  private static boolean eachLink(ObjectNode answer, Consumer<ObjectNode> change) {
    Optional<ArrayNode> links = links(answer);
    links.ifPresent(all -> all.forEach(link -> change.accept((ObjectNode) link)));
    return links.isPresent();
  }

  /** The links of a statement's answer, or of a chunk's; empty when there are none. */
  private static Optional<ArrayNode> links(ObjectNode answer) {
    JsonNode result = answer.has("result") ? answer.path("result") : answer;
    return result.path("external_links") instanceof ArrayNode links && !links.isEmpty()
        ? Optional.of(links)
        : Optional.empty();
  }

  /** Jackson answers a change with the node that it changed. */
  private static boolean changed(JsonNode node) {
    return !node.isMissingNode();
  }
}
