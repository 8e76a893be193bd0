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
/// hardly notices, and every rejection says when to retry. Also the quiet client beside a key without a quota that keeps the encoder busy.
/// </summary>
internal sealed class QuotaScenario : IScenario
{
    private const int Quota = 10;
    private const int Factor = 10;
    private const int Flood = 32;
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

        CallRecord flooded = await BesideFloodAsync();
        double rejectionCost = await RejectionSecondsAsync();

        // The bucket holds a second's calls, which the client can use at the start of each window; a tenth more for late timers.
        int windows = context.Plan.MoveWindows / 2;
        double granted = 1.1 * windows * Quota * (context.Plan.MoveWindow.TotalSeconds + 1);
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
                $"p50, p99 beside {Flood} calls in flight of a key without a quota",
                $"{Figure.Text(flooded.P50)}, {Figure.Text(flooded.P99, "ms")}"),
            Figure.Note(Name, "processor time of the server per rejected call", Figure.Text(rejectionCost * 1e6, "µs")),
            Figure.AtMost(Name, "answers of the client with the quota", granted, rejected.Count(CallOutcome.Answered)),
            Figure.Zero(Name, "its calls that failed for another reason", rejected.Count(CallOutcome.Failed), rejected.FirstFailure),
        ];

        Task<CallRecord> QuietAsync(TimeSpan duration) => CallLoop.OpenAsync(
            QuietRate,
            duration,
            token => quiet.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token),
            cancellationToken);

        Task<CallRecord> GreedyAsync(TimeSpan duration) =>
            CallLoop.OpenAsync(Factor * Quota, duration, token => CallAsync(greedy, token), cancellationToken);

        async Task<CallRecord> BesideFloodAsync()
        {
            PredictionService.PredictionServiceClient unlimited = SecuredServer.StubOf(
                channel, await server.CreateKeyAsync(new KeyOrder(), cancellationToken));
            Task flood = CallLoop.ClosedAsync(Flood, context.Plan.Closed, token => CallAsync(unlimited, token), cancellationToken);
            CallRecord record = await QuietAsync(context.Plan.Closed);
            await flood;
            return record;
        }

        async Task<double> RejectionSecondsAsync()
        {
            PredictionService.PredictionServiceClient exhausted = SecuredServer.StubOf(
                channel, await server.CreateKeyAsync(new KeyOrder(CallsPerSecond: 1), cancellationToken));
            double before = await server.ProcessorSecondsAsync(cancellationToken);
            (CallRecord record, _) = await CallLoop.ClosedAsync(
                1, context.Plan.Closed, token => CallAsync(exhausted, token), cancellationToken);
            double used = await server.ProcessorSecondsAsync(cancellationToken) - before;
            return used / record.Count(CallOutcome.Rejected);
        }

        async Task CallAsync(PredictionService.PredictionServiceClient client, CancellationToken token)
        {
            try
            {
                await client.PredictAsync(request, cancellationToken: token);
            }
            catch (RpcException rejection) when (rejection.StatusCode == StatusCode.ResourceExhausted && !Rejections.HaveDelay(rejection))
            {
                Interlocked.Increment(ref withoutDelay);
                throw;
            }
        }
    }
}
