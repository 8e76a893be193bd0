using System.Diagnostics;
using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Cost of TLS and an API key: one call in flight, alternately to a server without both and to a server with both, there with two keys:
/// one without limits, and one that sees some models and has a quota. The embedding is given, so that the encoder does not hide the
/// difference.
/// </summary>
internal sealed class SecurityScenario : IScenario
{
    private const int Plain = 0;
    private const int Keyed = 1;
    private const int Restricted = 2;

    // Both servers answer every second call: a process that is called more often answers faster.
    private static readonly int[] Order = [Plain, Keyed, Plain, Restricted];

    /// <inheritdoc/>
    public string Name => "security";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        SecuredServer secured = await context.SecuredServerAsync(cancellationToken);
        LoadServer plain = await context.ServerAsync("full", cancellationToken);
        using TopicGrpcClient keyed = secured.Connect(await secured.CreateKeyAsync(new KeyOrder(), cancellationToken));
        KeyOrder restrictedKey = new(CallsPerSecond: 100_000, ModelPattern: Preparation.All + "*");
        using TopicGrpcClient restricted = secured.Connect(await secured.CreateKeyAsync(restrictedKey, cancellationToken));
        Prediction text = await plain.Client.PredictAsync(
            Preparation.All, LoadContext.ShortText, new PredictOptions { IncludeEmbedding = true }, cancellationToken);
        TopicGrpcClient[] clients = [plain.Client, keyed, restricted];

        // The first calls compile hot methods.
        await AlternateAsync(TimeSpan.FromSeconds(6));
        double plainBefore = (await plain.Process.StateAsync(collect: true, cancellationToken)).ProcessorSeconds;
        double securedBefore = await secured.ProcessorSecondsAsync(cancellationToken);
        CallRecord[] calls = await AlternateAsync(context.Plan.Closed * Order.Length);
        double plainUsed = (await plain.Process.StateAsync(collect: false, cancellationToken)).ProcessorSeconds - plainBefore;
        double securedUsed = await secured.ProcessorSecondsAsync(cancellationToken) - securedBefore;
        int half = calls[Plain].Count(CallOutcome.Answered);
        return
        [
            Figure.AtMost(Name, "TLS and API key, embedding given, one in flight: p50 over plain", 60, MicrosecondsOver(Keyed), "µs"),
            Figure.Note(Name, "the same, of a key with patterns and a quota", Figure.Text(MicrosecondsOver(Restricted), "µs")),
            Figure.Note(Name, "p50, p99 plain; p50, p99 with TLS and key", $"{Durations(calls[Plain])}; {Durations(calls[Keyed])}"),
            Figure.Note(
                Name,
                "processor time of the server per call, plain; with TLS and keys",
                $"{Figure.Text(plainUsed / half * 1e6)}; {Figure.Text(securedUsed / half * 1e6, "µs")}"),
            Figure.Zero(
                Name,
                $"calls failed, of {2 * half}",
                calls.Sum(static record => record.Failures()),
                calls.Select(static record => record.FirstFailure).FirstOrDefault(static failure => failure is not null)),
        ];

        double MicrosecondsOver(int client) => (calls[client].P50 - calls[Plain].P50) * 1000;

        async Task<CallRecord[]> AlternateAsync(TimeSpan duration)
        {
            CallRecord[] records = [.. clients.Select(static _ => new CallRecord())];
            long started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                foreach (int client in Order)
                {
                    await CallLoop.RecordAsync(
                        records[client],
                        token => clients[client].Predictions.PredictEmbeddingAsync(
                            Preparation.All, text.Embedding, cancellationToken: token),
                        cancellationToken);
                }
            }

            return records;
        }
    }

    private static string Durations(CallRecord record) => $"{Figure.Text(record.P50)}, {Figure.Text(record.P99, "ms")}";
}
