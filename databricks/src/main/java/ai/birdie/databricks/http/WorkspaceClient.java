package ai.birdie.databricks.http;

import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.SourceException;
import ai.birdie.databricks.error.DatabricksErrors;
import ai.birdie.databricks.error.Failure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Asks the workspace, with a credential, until it answers or until asking again makes no sense. An
 * answer that is returned has a status of 2xx. Safe for use by many threads.
 */
public final class WorkspaceClient {

  /** How long a warehouse that starts may answer 503 [databricks-api.md, section 4]. */
  private static final Duration COLD = Duration.ofMinutes(10);

  private static final Map<String, String> JSON =
      Map.of("Accept", "application/json", "Content-Type", "application/json");

  /** A courtesy must not hold up whoever wants to stop. */
  private static final Duration COURTESY = Duration.ofSeconds(5);

  private final Transport transport;
  private final Duration limit;
  private final Authorization authorization;
  private final Pauses pauses;
  private final DatabricksErrors errors;
  private final ObjectMapper json;
  private final Meter meter;

  /** Asks through {@code transport}, for at most {@code limit} each time. */
  public WorkspaceClient(
      Transport transport,
      Duration limit,
      Authorization authorization,
      Pauses pauses,
      DatabricksErrors errors,
      ObjectMapper json,
      Meter meter) {
    this.transport = transport;
    this.limit = limit;
    this.authorization = authorization;
    this.pauses = pauses;
    this.errors = errors;
    this.json = json;
    this.meter = meter;
  }

  /**
   * The answer to {@code call}.
   *
   * @throws BirdieException if the workspace cannot be reached, refuses, or fails lastingly
   */
  public Answer ask(Call call) {
    return asking(call).answer(answer -> false);
  }

  /** As {@link #ask}, but empty where the workspace answers that there is no such thing. */
  public Optional<Answer> find(Call call) {
    Answer answer = asking(call).answer(this::isMissing);
    return answer.ok() ? Optional.of(answer) : Optional.empty();
  }

  /**
   * As {@link #ask}, but telling what is not understood, and {@code hindrances} of what comes
   * between.
   *
   * @throws ai.birdie.core.error.ConfigException if there is no such warehouse
   */
  public Submission submit(Call call, Hindrances hindrances) {
    Answer answer =
        new Asking(call, JSON, Optional.of(authorization), hindrances)
            .answer(each -> isMissing(each) || each.status() == 400);
    if (answer.ok()) {
      return new Submission.Accepted(answer);
    }
    if (isMissing(answer)) {
      throw errors.noWarehouse();
    }
    return new Submission.Malformed(failure(answer));
  }

  /** As {@link #find}, but telling what is refused from what is missing. */
  public Lookup look(Call call) {
    Answer answer = asking(call).answer(each -> isAbsent(each) || isHidden(each));
    if (answer.ok()) {
      return new Lookup.Found(answer);
    }
    Failure failure = failure(answer);
    return answer.status() == 403 ? new Lookup.Hidden(failure) : new Lookup.Absent(failure);
  }

  private Asking asking(Call call) {
    return new Asking(call, JSON, Optional.of(authorization), Hindrances.IGNORED);
  }

  /** As {@link #ask}, with headers of the caller's in place of the run's credential. */
  public Answer askWith(Call call, Map<String, String> headers) {
    return new Asking(call, headers, Optional.empty(), Hindrances.IGNORED).answer(answer -> false);
  }

  /**
   * The answer's body, read as JSON.
   *
   * @throws SourceException if it is something else
   */
  public <T> T read(Answer answer, Class<T> type, String purpose) {
    try {
      T value = json.readValue(answer.text(), type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      // its text would repeat a piece of the body
    }
    throw errors.notJson(purpose);
  }

  /** One call and its repetitions. */
  private final class Asking {

    private final Call call;
    private final Map<String, String> headers;
    private final Optional<Authorization> with;
    private final Hindrances hindrances;
    private final long cold = pauses.deadline(COLD);
    private int lost;
    private int turnedAway;
    private boolean renewed;

    Asking(
        Call call,
        Map<String, String> headers,
        Optional<Authorization> with,
        Hindrances hindrances) {
      this.call = call;
      this.headers = new HashMap<>(headers);
      this.headers.put("User-Agent", "birdie-databricks");
      this.with = with;
      this.hindrances = hindrances;
    }

    /** The answer that is well, or that is acceptable nevertheless. */
    Answer answer(Predicate<Answer> acceptable) {
      while (true) {
        String credential = with.map(Authorization::header).orElse("");
        if (with.isPresent()) {
          headers.put("Authorization", credential);
        }
        Optional<Answer> sent = send();
        if (sent.isPresent()) {
          Answer answer = sent.get();
          if (answer.ok() || acceptable.test(answer)) {
            return answer;
          }
          goOnOrThrow(answer, credential);
        }
      }
    }

    /** Empty where the answer was lost and has been waited for. */
    private Optional<Answer> send() {
      try {
        return Optional.of(
            transport.send(call.method(), call.path(), headers, call.body(), patience()));
      } catch (InterruptedException e) {
        hindrances.answerLost();
        throw DatabricksErrors.interrupted(e);
      } catch (TimeoutException e) {
        hindrances.answerLost();
        waitOrThrow(errors.tooSlow(call.purpose()));
      } catch (ConnectException e) {
        waitOrThrow(errors.unreachable(call.purpose(), e));
      } catch (IOException e) {
        SourceException failure = errors.unreachable(call.purpose(), e);
        if (!failure.retryable()) {
          throw failure;
        }
        hindrances.answerLost();
        waitOrThrow(failure);
      }
      return Optional.empty();
    }

    private Duration patience() {
      boolean courtesy = call.repeat() == Call.Repeat.NEVER && COURTESY.compareTo(limit) < 0;
      return courtesy ? COURTESY : limit;
    }

    private void waitOrThrow(BirdieException e) {
      if (!afterLoss(Optional.empty())) {
        throw e;
      }
    }

    private void goOnOrThrow(Answer answer, String credential) {
      Failure failure = failure(answer);
      boolean again = (renewable(answer, failure) && renew(credential)) || repeat(answer);
      if (!again) {
        throw refusal(answer, failure);
      }
    }

    /** 401 always means the token; 403 does where the gateway says so, by a number or in words. */
    private boolean renewable(Answer answer, Failure failure) {
      return answer.status() == 401 || (answer.status() == 403 && isCredential(failure));
    }

    private boolean renew(String refused) {
      boolean again = !renewed && with.map(a -> a.renew(refused)).orElse(false);
      renewed = true;
      return again;
    }

    private boolean repeat(Answer answer) {
      int status = answer.status();
      boolean unheard = status == 429 || status == 503;
      boolean unknown = status == 408 || status == 409 || status >= 500;
      if (call.repeat() == Call.Repeat.NEVER || !(unheard || unknown)) {
        return false;
      }
      Instant now = answer.date().orElseGet(() -> pauses.clock().instant());
      Optional<Duration> asked = RetryAfter.of(answer.headers().firstValue("retry-after"), now);
      if (unheard) {
        hindrances.turnedAway();
        return afterTurningAway(asked);
      }
      hindrances.answerLost();
      return afterLoss(asked);
    }

    /** Uses up none of the attempts: nothing was begun by it. */
    private boolean afterTurningAway(Optional<Duration> asked) {
      turnedAway++;
      return counted(!pauses.passed(cold) && pauses.beforeRetry(turnedAway, asked));
    }

    private boolean afterLoss(Optional<Duration> asked) {
      lost++;
      return counted(lost < call.repeat().attempts() && pauses.beforeRetry(lost, asked));
    }

    private boolean counted(boolean again) {
      if (again) {
        meter.retry();
      }
      return again;
    }

    private BirdieException refusal(Answer answer, Failure failure) {
      int status = answer.status();
      if (status >= 300 && status < 400) {
        return errors.redirected(call.purpose());
      }
      boolean oauth = failure.code().matches("invalid_client|unauthorized_client|invalid_grant");
      if (status == 401 || oauth || (status == 403 && isCredential(failure))) {
        return errors.refusedCredential(call.purpose(), failure);
      }
      if (status == 403) {
        return errors.refused(call.purpose(), failure);
      }
      return errors.status(call.purpose(), status, failure);
    }
  }

  /** An id that cannot be one is answered with 400. */
  private boolean isMissing(Answer answer) {
    return answer.status() == 404
        || (answer.status() == 400 && failure(answer).mentions("not a valid endpoint id"));
  }

  /** Not where it is the API itself that this workspace does not have. */
  private boolean isAbsent(Answer answer) {
    return answer.status() == 404
        && !failure(answer).code().matches("|ENDPOINT_NOT_FOUND|FEATURE_DISABLED");
  }

  private boolean isHidden(Answer answer) {
    return answer.status() == 403 && !isCredential(failure(answer));
  }

  private static boolean isCredential(Failure failure) {
    if (failure.missingRight().isPresent()) {
      return false; // whatever its names make the text mention
    }
    return failure.code().matches("[0-9]+|UNAUTHENTICATED|INVALID_TOKEN|invalid_client|")
        || failure.mentions("token")
        || failure.mentions("ip acl")
        || failure.mentions("ip access list");
  }

  private Failure failure(Answer answer) {
    try {
      JsonNode body = json.readTree(answer.text());
      if (body != null) {
        return Failure.of(
            text(body, "error_code").or(() -> text(body, "error")),
            text(body, "sql_state"),
            text(body, "message").or(() -> text(body, "error_description")));
      }
    } catch (JsonProcessingException e) {
      // a gateway's page, or nothing
    }
    return Failure.of(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Optional<String> text(JsonNode body, String field) {
    JsonNode node = body.get(field);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node.asText());
  }
}
