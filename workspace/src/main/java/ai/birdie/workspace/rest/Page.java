package ai.birdie.workspace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.birdie.workspace.access.Securable;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A part of a list, and where it goes on.
 *
 * @param after the full name after which it begins
 * @param size how many at most
 */
record Page(String after, int size) {
  private static final int MOST = 1000;
  private static final int LONGEST_TOKEN = 4096;

  /** What a call asks for by {@code max_results} and {@code page_token}. */
  static Page of(Call call) {
    Map<String, String> query = call.query();
    String size = query.getOrDefault("max_results", "0");
    if (!size.matches("\\d{1,9}")) {
      throw ApiError.badRequest("max_results must be a number of 0 or more, not " + size + ".");
    }
    int asked = Integer.parseInt(size);
    return new Page(
        decoded(query.getOrDefault("page_token", "")), asked == 0 ? MOST : Math.min(asked, MOST));
  }

  /**
   * The page's answer.
   *
   * @param key under which the list goes
   * @param all what there is, in the order of names
   * @param shown how one is shown
   */
  Map<String, Object> answer(String key, List<Securable> all, Function<Securable, ?> shown) {
    List<Securable> left = all.stream().filter(one -> one.fullName().compareTo(after) > 0).toList();
    List<Securable> page = left.subList(0, Math.min(size, left.size()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(key, page.stream().map(shown).toList());
    if (page.size() < left.size()) {
      answer.put(
          "next_page_token",
          Base64.getUrlEncoder().encodeToString(page.getLast().fullName().getBytes(UTF_8)));
    }
    return answer;
  }

  private static String decoded(String token) {
    try {
      if (token.length() <= LONGEST_TOKEN) {
        return new String(Base64.getUrlDecoder().decode(token), UTF_8);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw ApiError.badRequest("Not a page token.");
  }
}
