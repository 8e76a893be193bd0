using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Client;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A client at ten times its quota beside a quiet client with another key, in alternating windows with and without it. The quiet client
/// hardly notices, and every rejection says when to retry.
/// </summary>
internal sealed class QuotaScenario : IScenario
{
    private const int Quota = 10;
    private const int Factor = 10;
    private const double QuietRate = 50;

    /// <inheritdoc/>
    public string Name => "quota";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        SecuredServer server = await context.SecuredServerAsync(cancellationToken);
        using TopicGrpcClient quiet = server.Connect(await server.CreateKeyAsync(new KeyOrder(), cancellationToken));
        using GrpcChannel channel = server.Open();
        PredictionService.PredictionServiceClient greedy = SecuredServer.StubOf(
            channel, await server.CreateKeyAsync(new KeyOrder(CallsPerSecond: Quota), cancellationToken));
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/" + Preparation.All },
            Text = LoadContext.ShortText,
        };
        int withoutDelay = 0;
        await QuietAsync(TimeSpan.FromSeconds(3));
        await GreedyAsync(TimeSpan.FromSeconds(3));
        CallRecord alone = new();
        CallRecord beside = new();
        CallRecord rejected = new();
        for (int window = 0; window < context.Plan.MoveWindows; window++)
        {
            if (window % 2 == 0)
            {
                alone.Add(await QuietAsync(context.Plan.MoveWindow));
                continue;
            }

            Task<CallRecord> flood = GreedyAsync(context.Plan.MoveWindow);
            beside.Add(await QuietAsync(context.Plan.MoveWindow));
            rejected.Add(await flood);
        }

        double before = await server.ProcessorSecondsAsync(cancellationToken);
        (CallRecord refused, _) = await CallLoop.ClosedAsync(1, context.Plan.Closed, CallAsync, cancellationToken);
        double used = await server.ProcessorSecondsAsync(cancellationToken) - before;

        // The bucket holds a second's calls, which the client can use at the start of each window.
        int windows = context.Plan.MoveWindows / 2;
        double granted = windows * Quota * (context.Plan.MoveWindow.TotalSeconds + 1);
        return
        [
            Figure.AtMost(
                Name,
                $"p99 of {Figure.Text(QuietRate)} calls/s beside a client at {Factor} times its quota of {Quota}/s, over alone",
                1.2,
                beside.P99 / alone.P99),
            Figure.Note(
                Name,
                "p50, p99 alone; p50, p99 beside",
                $"{Figure.Text(alone.P50)}, {Figure.Text(alone.P99, "ms")}; {Figure.Text(beside.P50)}, {Figure.Text(beside.P99, "ms")}"),
            Figure.Zero(
                Name,
                $"calls of the quiet client failed, of {alone.Count(CallOutcome.Answered) + beside.Count(CallOutcome.Answered)}",
                alone.Failures() + beside.Failures(),
                alone.FirstFailure ?? beside.FirstFailure),
            Figure.Zero(Name, $"rejections without a delay, of {rejected.Count(CallOutcome.Rejected)}", withoutDelay),
            Figure.Note(
                Name,
                "processor time of the server per call of a client that does not wait for the delay",
                Figure.Text(used / refused.Count(CallOutcome.Rejected) * 1e6, "µs")),
            Figure.AtMost(Name, "answers of the other client", granted + 1, rejected.Count(CallOutcome.Answered)),
            Figure.Zero(Name, "its calls that failed for another reason", rejected.Count(CallOutcome.Failed), rejected.FirstFailure),
        ];

        Task<CallRecord> QuietAsync(TimeSpan duration) => CallLoop.OpenAsync(
            QuietRate,
            duration,
            token => quiet.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token),
            cancellationToken);

        Task<CallRecord> GreedyAsync(TimeSpan duration) => CallLoop.OpenAsync(Factor * Quota, duration, CallAsync, cancellationToken);

        async Task CallAsync(CancellationToken token)
        {
            try
            {
                await greedy.PredictAsync(request, cancellationToken: token);
            }
            catch (RpcException rejection) when (rejection.StatusCode == StatusCode.ResourceExhausted && !Rejections.HaveDelay(rejection))
            {
                Interlocked.Increment(ref withoutDelay);
                throw;
            }
        }
    }
}
