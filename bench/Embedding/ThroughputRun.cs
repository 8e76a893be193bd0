using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Onnx;
using TopicGrpc.Onnx.Assets;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Embedding;

/// <summary>Measures both sides alternately, chunk by chunk, so that noise affects both; the order alternates too.</summary>
internal static class ThroughputRun
{
    // Short, so that other load affects both sides equally. Both start with the longest text and wait equally at the end of a chunk.
    private const int ChunkSize = 20;

    public static ThroughputReport Measure(string[] texts, EmbedderPrecision precision, int threads)
    {
        OnnxEmbedderOptions options = new() { Precision = precision };
        using var embedder = OnnxEmbedder.Open(options);
        var asset = options.ReadAsset();
        using SessionOptions sessionOptions = OnnxEmbedder.CreateSessionOptions();
        using BareLoop bare = new(asset.Weights, sessionOptions);
        string[][] chunks = [.. texts.Chunk(ChunkSize)];
        BareText[][] inputs = Tokenize(asset, chunks);
        long tokens = inputs.Sum(static chunk => chunk.Sum(static text => text.Tokens));
        ComputeOptions compute = new() { Threads = threads };
        Through(embedder, chunks[0], compute);
        Bare(bare, inputs[0], threads);

        var through = new TimeSpan[chunks.Length];
        var floor = new TimeSpan[chunks.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            if (i % 2 == 0)
            {
                through[i] = Through(embedder, chunks[i], compute);
                floor[i] = Bare(bare, inputs[i], threads);
            }
            else
            {
                floor[i] = Bare(bare, inputs[i], threads);
                through[i] = Through(embedder, chunks[i], compute);
            }
        }

        foreach (BareText text in inputs.SelectMany(static chunk => chunk))
        {
            text.Dispose();
        }

        double throughSeconds = through.Sum(static t => t.TotalSeconds);
        double floorSeconds = floor.Sum(static t => t.TotalSeconds);
        double[] ratios = [.. floor.Zip(through, static (f, t) => f / t).Order()];
        return new ThroughputReport(
            texts.Length,
            tokens,
            embedder.Info.Precision,
            threads,
            Math.Round(texts.Length / throughSeconds, 2),
            Math.Round(texts.Length / floorSeconds, 2),
            Math.Round(floorSeconds / throughSeconds, 4),
            Math.Round(ratios[ratios.Length / 2], 4));
    }

    private static TimeSpan Through(OnnxEmbedder embedder, string[] texts, ComputeOptions compute)
    {
        long started = Stopwatch.GetTimestamp();
        BulkEmbedder.Embed(embedder, texts, compute, null, CancellationToken.None);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Bare(BareLoop bare, BareText[] inputs, int threads)
    {
        long started = Stopwatch.GetTimestamp();
        bare.Run(inputs, threads);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Creates the inputs of each chunk, the longest text first, as <see cref="BulkEmbedder"/> orders them.</summary>
    private static BareText[][] Tokenize(EncoderAsset asset, string[][] chunks)
    {
        using MemoryStream vocabulary = new(asset.Vocabulary);
        UncasedTokenizer tokenizer = new(vocabulary);
        return [.. chunks.Select(chunk => BareText.Prepare(tokenizer, asset.Info.MaxTokens, chunk))];
    }
}
