using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Four times the capacity: the server answers admitted calls in time and rejects the others at once with a retry delay.</summary>
internal sealed class OverloadScenario : IScenario
{
    private const double Factor = 4;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "overload";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/" + Preparation.All },
            Text = LoadContext.ShortText,
        };
        int withoutDelay = 0;
        async Task CallAsync(CancellationToken token)
        {
            try
            {
                await server.Stub.PredictAsync(
                    request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Deadline, cancellationToken: token);
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted && !Rejections.HaveDelay(refusal))
            {
                Interlocked.Increment(ref withoutDelay);
                throw;
            }
        }

        (CallRecord alone, double capacity) = await CallLoop.CapacityAsync(context.Plan.Closed, CallAsync, cancellationToken);
        TimeSpan third = context.Plan.Overload / 3;
        CallRecord early = await CallLoop.OpenAsync(Factor * capacity, third, CallAsync, cancellationToken);
        ServerState before = await server.Process.StateAsync(collect: false, cancellationToken);
        CallRecord late = await CallLoop.OpenAsync(Factor * capacity, 2 * third, CallAsync, cancellationToken);
        TimeSpan recovery = await RecoverAsync(CallAsync, alone.P99, cancellationToken);
        ServerState after = await server.Process.StateAsync(collect: false, cancellationToken);
        early.Add(late);
        int answered = early.Count(CallOutcome.Answered);
        return
        [
            Figure.AtLeast(
                Name,
                $"answers at {Figure.Text(Factor)} times the capacity of {Figure.Text(capacity, "calls/s")}, over the capacity",
                0.9,
                answered / context.Plan.Overload.TotalSeconds / capacity),
            Figure.AtMost(
                Name,
                "p99 of admitted calls, including expired ones",
                Deadline.TotalMilliseconds,
                early.Quantile(0.99, CallOutcome.Answered, CallOutcome.Expired),
                "ms"),
            Figure.Note(
                Name,
                "answered; rejected; expired; failed",
                $"{answered}; {early.Count(CallOutcome.Rejected)}; {early.Count(CallOutcome.Expired)}; {early.Count(CallOutcome.Failed)}"),
            Figure.Zero(Name, "rejections without ErrorInfo, RetryInfo or pushback", withoutDelay),
            Figure.Note(
                Name,
                "time to rejection, p50; p99",
                $"{Figure.Text(early.Quantile(0.5, CallOutcome.Rejected), "ms")}; "
                + Figure.Text(early.Quantile(0.99, CallOutcome.Rejected), "ms")),
            Figure.AtMost(
                Name,
                "resident memory, growth over the last two thirds",
                Math.Max(20, 0.05 * before.ResidentMegabytes),
                after.ResidentMegabytes - before.ResidentMegabytes,
                "MB"),
            Figure.AtMost(Name, "time until a call is within the p99 at capacity", 1, recovery.TotalSeconds, "s"),
            Figure.Zero(Name, "calls that failed for another reason", early.Count(CallOutcome.Failed), early.FirstFailure),
        ];
    }

    /// <summary>Makes sequential calls until one is as fast as at capacity.</summary>
    private static async Task<TimeSpan> RecoverAsync(
        Func<CancellationToken, Task> call,
        double milliseconds,
        CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            CallRecord record = new();
            await CallLoop.RecordAsync(record, call, cancellationToken);
            if (record.Count(CallOutcome.Answered) == 1 && record.P50 <= milliseconds)
            {
                return Stopwatch.GetElapsedTime(started);
            }
        }
    }
}
