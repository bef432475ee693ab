package ai.birdie.workspace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.workspace.statement.Statement;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A part of the history, which may grow at its beginning meanwhile.
 *
 * @param after the id of the last query of the part before; empty for the first part
 * @param size how many at most
 */
record HistoryPage(String after, int size) {
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  static HistoryPage of(Call call) {
    String size = call.query().getOrDefault("max_results", Integer.toString(USUAL));
    if (!size.matches("\\d{1,4}") || Integer.parseInt(size) > MOST || Integer.parseInt(size) < 1) {
      throw ApiError.badRequest("max_results must be from 1 to " + MOST + ", not " + size + ".");
    }
    return new HistoryPage(
        decoded(call.query().getOrDefault("page_token", "")), Integer.parseInt(size));
  }

  /**
   * @param newestFirst all that was asked for
   * @param described how one is shown
   */
  Map<String, Object> answer(
      List<Statement> newestFirst, Function<Statement, Map<String, Object>> described) {
    int from = begin(newestFirst);
    int to = Math.min(newestFirst.size(), from + size);
    boolean more = to < newestFirst.size();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("res", newestFirst.subList(from, to).stream().map(described).toList());
    answer.put("has_next_page", more);
    if (more) {
      String last = newestFirst.get(to - 1).id();
      answer.put("next_page_token", Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8)));
    }
    return answer;
  }

  private int begin(List<Statement> newestFirst) {
    if (after.isEmpty()) {
      return 0;
    }
    return IntStream.range(0, newestFirst.size())
        .filter(i -> newestFirst.get(i).id().equals(after))
        .map(i -> i + 1)
        .findFirst()
        .orElseThrow(() -> ApiError.badRequest("The page token has expired."));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("Not a page token.");
    }
  }
}
