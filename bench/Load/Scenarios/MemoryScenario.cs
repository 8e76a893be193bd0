using System.Globalization;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Memory of the server process after an hour's worth of calls. Calls of earlier scenarios count; the scenario makes the
/// rest.
/// </summary>
internal sealed class MemoryScenario : IScenario
{
    private const int ShareOfTexts = 8;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        Prediction text = await server.Client.PredictAsync(
            Preparation.All, LoadContext.ShortText, new PredictOptions { IncludeEmbedding = true }, cancellationToken);
        int calls = 0;
        ServerState state = await server.Process.StateAsync(collect: false, cancellationToken);
        while (state.Answered < context.Plan.MemoryCalls)
        {
            await CallLoop.ClosedAsync(
                16,
                TimeSpan.FromSeconds(2),
                token => Interlocked.Increment(ref calls) % ShareOfTexts == 0
                    ? server.Client.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token)
                    : server.Client.Predictions.PredictEmbeddingAsync(Preparation.All, text.Embedding, cancellationToken: token),
                cancellationToken);
            state = await server.Process.StateAsync(collect: false, cancellationToken);
        }

        long documents = (await server.Client.Models.GetVersionAsync(Preparation.All, 1, cancellationToken)).DocumentCount;
        ServerState collected = await server.Process.StateAsync(collect: true, cancellationToken);
        string after = string.Create(CultureInfo.InvariantCulture, $"{state.Answered:N0} answers, {state.Inferences:N0} of them embedded");
        return
        [
            Figure.AtMost(
                Name,
                string.Create(CultureInfo.InvariantCulture, $"resident memory, model of {documents:N0} documents, after {after}"),
                450,
                state.ResidentMegabytes,
                "MB"),
            Figure.Note(
                Name,
                "managed heap after a full collection; full collections until then",
                $"{Figure.Text(collected.HeapMegabytes, "MB")}; {state.FullCollections}"),
        ];
    }
}
