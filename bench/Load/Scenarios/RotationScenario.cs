using System.Diagnostics;
using Grpc.Net.Client;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// The certificate file is replaced every few seconds during an open loop of calls, of which every fifth opens a connection of its own. No
/// call may fail, and new connections must see each certificate.
/// </summary>
internal sealed class RotationScenario : IScenario
{
    private const double Rate = 50;
    private const int NewConnectionEvery = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // The server reads the file at most one interval after the rotation; the rest is for a busy machine.
    private static readonly TimeSpan MaxDelay = HostedServer.ReloadInterval + TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "rotation";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        SecuredServer server = await context.SecuredServerAsync(cancellationToken);
        string secret = await server.CreateKeyAsync(new KeyOrder(), cancellationToken);
        using GrpcChannel channel = server.Open();
        PredictionService.PredictionServiceClient kept = SecuredServer.StubOf(channel, secret);
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/" + Preparation.Some },
            Text = LoadContext.ShortText,
        };
        await kept.PredictAsync(request, cancellationToken: cancellationToken);
        int number = 0;
        string newest = string.Empty;
        Task<CallRecord> calls = CallLoop.OpenAsync(Rate, context.Plan.Overload, CallAsync, cancellationToken);
        int rotations = 0;
        int unseen = 0;
        double slowest = 0;
        while (!calls.IsCompleted)
        {
            string subject = FormattableString.Invariant($"rotated-{++rotations}");
            long rotated = Stopwatch.GetTimestamp();
            server.Rotate(subject);
            TimeSpan delay;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
                delay = Stopwatch.GetElapsedTime(rotated);
            }
            while (Volatile.Read(ref newest) != "CN=" + subject && delay < Pause && !calls.IsCompleted);

            unseen += Volatile.Read(ref newest) == "CN=" + subject || calls.IsCompleted ? 0 : 1;
            slowest = Math.Max(slowest, calls.IsCompleted ? 0 : delay.TotalMilliseconds);
            await Task.WhenAny(calls, Task.Delay(Pause, cancellationToken));
        }

        CallRecord record = await calls;
        int made = record.Count(CallOutcome.Answered) + record.Failures();
        return
        [
            Figure.Zero(
                Name,
                $"calls failed during {rotations} rotations, of {made} at {Figure.Text(Rate)}/s",
                record.Failures(),
                record.FirstFailure),
            Figure.Zero(Name, "certificates that no new connection has seen", unseen),
            Figure.AtMost(Name, "longest time until a new connection has seen one", MaxDelay.TotalMilliseconds, slowest, "ms"),
            Figure.Note(Name, "p50; p99, new connections included", $"{Figure.Text(record.P50, "ms")}; {Figure.Text(record.P99, "ms")}"),
        ];

        async Task CallAsync(CancellationToken token)
        {
            if (Interlocked.Increment(ref number) % NewConnectionEvery != 0)
            {
                await kept.PredictAsync(request, cancellationToken: token);
                return;
            }

            using GrpcChannel own = server.Open(subject => Volatile.Write(ref newest, subject));
            await SecuredServer.StubOf(own, secret).PredictAsync(request, cancellationToken: token);
        }
    }
}
