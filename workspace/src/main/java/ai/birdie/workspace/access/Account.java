package ai.birdie.workspace.access;

import org.jspecify.annotations.Nullable;

/**
 * A principal with what it signs in with. Holds secrets: never printed.
 *
 * @param principal who
 * @param token a personal access token, where it has one
 * @param clientSecret a service principal's secret, where it has one
 */
public record Account(Principal principal, @Nullable String token, @Nullable String clientSecret) {
  @Override
  public String toString() {
    return "Account[" + principal.name() + "]";
  }
}
