using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Embedding;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;
using TopicGrpc.Onnx;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A stream of posts, compared with a loop of the encoder over the same posts. Both alternate, so that noise affects both.
/// </summary>
internal sealed class StreamScenario : IScenario
{
    private const int Segment = 250;

    /// <inheritdoc/>
    public string Name => "stream";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        string[] texts = context.Texts(context.Plan.StreamTexts);
        using SessionOptions sessionOptions = OnnxEmbedder.CreateSessionOptions();
        var asset = new OnnxEmbedderOptions().ReadAsset();
        using BareLoop bare = new(asset.Weights, sessionOptions);
        using MemoryStream vocabulary = new(asset.Vocabulary);
        UncasedTokenizer tokenizer = new(vocabulary);
        int failed = 0;
        async Task<TimeSpan> StreamAsync(string[] segment)
        {
            long started = Stopwatch.GetTimestamp();
            await foreach (
                PredictionOutcome outcome in server.Client.Predictions.PredictStreamAsync(
                    Preparation.All, segment.ToAsyncEnumerable(), cancellationToken: cancellationToken))
            {
                failed += outcome.Succeeded ? 0 : 1;
            }

            return Stopwatch.GetElapsedTime(started);
        }

        // Interleaved, so that each segment has long and short posts.
        int segments = Math.Max(1, texts.Length / Segment);
        TimeSpan streamed = TimeSpan.Zero;
        TimeSpan floor = TimeSpan.Zero;
        await StreamAsync(texts[..Math.Min(20, texts.Length)]);
        for (int number = 0; number < segments; number++)
        {
            string[] segment = [.. texts.Where((_, index) => index % segments == number)];
            BareText[] inputs = BareText.Prepare(tokenizer, asset.Info.MaxTokens, segment);
            if (number % 2 == 0)
            {
                floor += Bare(bare, inputs);
                streamed += await StreamAsync(segment);
            }
            else
            {
                streamed += await StreamAsync(segment);
                floor += Bare(bare, inputs);
            }

            Array.ForEach(inputs, static text => text.Dispose());
        }

        return
        [
            Figure.AtLeast(
                Name, $"StreamPredict of {texts.Length} posts, throughput over the bare encoder loop", 0.95, floor / streamed),
            Figure.Note(
                Name,
                "texts/s, stream; bare loop",
                $"{Figure.Text(texts.Length / streamed.TotalSeconds)}; {Figure.Text(texts.Length / floor.TotalSeconds)}"),
            Figure.Zero(Name, "texts failed", failed),
        ];
    }

    private static TimeSpan Bare(BareLoop bare, BareText[] inputs)
    {
        long started = Stopwatch.GetTimestamp();
        bare.Run(inputs, Environment.ProcessorCount);
        return Stopwatch.GetElapsedTime(started);
    }
}
