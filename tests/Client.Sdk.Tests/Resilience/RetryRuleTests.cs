using Grpc.Core;
using Polly.Timeout;
using TopicGrpc.Client.Balancing;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Resilience;

public sealed class RetryRuleTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(1);
    private static readonly RpcMethod Safe = RpcMethod.Of(PredictionService.Descriptor, "Predict");
    private static readonly RpcMethod Idempotent = RpcMethod.Of(FitService.Descriptor, "StartFit");
    private static readonly RpcMethod Neither = RpcMethod.Of(CorpusService.Descriptor, "IngestDocuments");

    [Fact]
    public void RpcMethod_ReadsTheContract()
    {
        Assert.True(Safe is { IsSafe: true, IsIdempotent: true });
        Assert.True(Idempotent is { IsSafe: false, IsIdempotent: true });
        Assert.True(Neither is { IsSafe: false, IsIdempotent: false });
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.ResourceExhausted, false)]
    [InlineData(StatusCode.Internal, false)]
    [InlineData(StatusCode.Unknown, false)]
    [InlineData(StatusCode.DeadlineExceeded, false)]
    [InlineData(StatusCode.Aborted, false)]
    [InlineData(StatusCode.NotFound, false)]
    public void NextDelay_StatusWithoutServerDelay_RetriesOnlyUnavailable(StatusCode status, bool isRetried)
    {
        TimeSpan? delay = Rule().NextDelay(Refusals.Make(status, "ANY"), Safe, attempts: 1, Plenty);

        Assert.Equal(isRetried, delay is not null);
    }

    [Fact]
    public void NextDelay_MethodNotIdempotent_IsNeverRetried()
    {
        Assert.Null(Rule().NextDelay(Refusals.Make(StatusCode.Unavailable, "ANY"), Neither, attempts: 1, Plenty));
    }

    [Fact]
    public void NextDelay_AttemptTimedOut_RetriesOnlySafeMethods()
    {
        Assert.NotNull(Rule().NextDelay(new TimeoutRejectedException(), Safe, attempts: 1, Plenty));
        Assert.Null(Rule().NextDelay(new TimeoutRejectedException(), Idempotent, attempts: 1, Plenty));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NextDelay_ManyCallsFailTogether_AreRetriedWhileAnotherServerIsReady(bool isAnotherReady)
    {
        MemberEndpoint[] servers = [new("a", 1), new("b", 1)];
        MemberHealth health = new(TimeProvider.System) { Known = servers, Connected = isAnotherReady ? servers : [servers[0]] };
        RetryOptions options = new();
        RetryBudget budget = new(options.BudgetTokens);
        RetryRule rule = new(options, new Backoff(options), budget, health);
        health.Failed(servers[0]);
        RpcException broken = new(new Status(StatusCode.Unavailable, "Connection reset.", new HttpRequestException("Connection reset.")));

        int retried = Enumerable.Range(0, 50).Count(_ => rule.NextDelay(broken, Safe, attempts: 1, Plenty) is not null);

        Assert.Equal(isAnotherReady ? 50 : 4, retried);
        Assert.Equal(isAnotherReady, budget.AllowsRetry);
    }

    [Fact]
    public void NextDelay_RetryInfo_IsKept()
    {
        RpcException refusal = Refusals.Make(
            StatusCode.ResourceExhausted, "QUEUE_FULL", retryAfter: TimeSpan.FromSeconds(7), pushback: "3000");

        Assert.Equal(TimeSpan.FromSeconds(7), Rule().NextDelay(refusal, Safe, attempts: 1, Plenty));
    }

    [Fact]
    public void NextDelay_PushbackAlone_IsKept()
    {
        RpcException refusal = Refusals.Make(StatusCode.ResourceExhausted, "QUEUE_FULL", pushback: "300");

        Assert.Equal(TimeSpan.FromMilliseconds(300), Rule().NextDelay(refusal, Safe, attempts: 1, Plenty));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    public void NextDelay_PushbackForbids_GivesUp(string pushback)
    {
        RpcException refusal = Refusals.Make(StatusCode.Unavailable, "ANY", retryAfter: TimeSpan.FromSeconds(1), pushback: pushback);

        Assert.Null(Rule().NextDelay(refusal, Safe, attempts: 1, Plenty));
    }

    [Fact]
    public void NextDelay_LongerThanTheCallHas_GivesUpAtOnce()
    {
        RpcException refusal = Refusals.Make(StatusCode.ResourceExhausted, "QUEUE_FULL", retryAfter: TimeSpan.FromSeconds(7));

        Assert.Null(Rule().NextDelay(refusal, Safe, attempts: 1, remaining: TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public void NextDelay_Attempts_GrowsUpToTheLimitAndStops()
    {
        RetryRule rule = Rule(new RetryOptions
        {
            MaxRetries = 4,
            BaseDelay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromMilliseconds(350),
            BudgetTokens = 0,
        });
        RpcException refusal = Refusals.Make(StatusCode.Unavailable, "ANY");

        double?[] delays =
        [
            .. Enumerable.Range(1, 5).Select(attempts => rule.NextDelay(refusal, Safe, attempts, Plenty)?.TotalMilliseconds),
        ];

        Assert.Equal([50, 100, 175, 175, null], delays);
    }

    [Fact]
    public void NextDelay_BudgetSpent_StopsUntilSuccessesRefillIt()
    {
        RetryOptions options = new() { BudgetTokens = 4 };
        RetryBudget budget = new(options.BudgetTokens);
        RetryRule rule = new(options, new Backoff(options, static () => 0.5), budget);
        RpcException refusal = Refusals.Make(StatusCode.Unavailable, "ANY");

        Assert.NotNull(rule.NextDelay(refusal, Safe, attempts: 1, Plenty));
        Assert.Null(rule.NextDelay(refusal, Safe, attempts: 1, Plenty));
        for (int success = 0; success < 11; success++)
        {
            budget.OnSuccess();
        }

        Assert.NotNull(rule.NextDelay(refusal, Safe, attempts: 1, Plenty));
    }

    private static RetryRule Rule(RetryOptions? options = null)
    {
        options ??= new RetryOptions();
        return new RetryRule(options, new Backoff(options, static () => 0.5), new RetryBudget(options.BudgetTokens));
    }
}
