using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx;

/// <summary>
/// A sentence encoder on ONNX Runtime. Each text is run alone, at its own length, on the caller's thread: on a CPU, batches gain nothing and padding costs
/// (docs/adr/0026). So a vector depends on its text alone, and as many callers as cores give the full throughput. Thread-safe. Dispose it when no call is running.
/// </summary>
public sealed class OnnxEmbedder : IEmbedder, IDisposable
{
    private static readonly string[] InputNames = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] OutputNames = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly UncasedTokenizer _tokenizer;
    private readonly RunOptions _runOptions = new();
    private readonly ConcurrentBag<EncoderBuffers> _idle = [];

    private OnnxEmbedder(EmbedderInfo info, InferenceSession session, UncasedTokenizer tokenizer)
    {
        Info = info;
        _session = session;
        _tokenizer = tokenizer;
    }

    /// <inheritdoc/>
    public EmbedderInfo Info { get; }

    /// <summary>Opens an encoder: reads its files, compares their hashes with its manifest, prepares the graph. Takes some tenths of a second.</summary>
    /// <param name="options">Where it lies and which precision.</param>
    /// <returns>The encoder, owned by the caller.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it and says what to do.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or not the one the manifest names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static OnnxEmbedder Open(OnnxEmbedderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var asset = options.ReadAsset();
        using MemoryStream vocabulary = new(asset.Vocabulary);
        UncasedTokenizer tokenizer = new(vocabulary);
        using SessionOptions sessionOptions = CreateSessionOptions();
        return new OnnxEmbedder(asset.Info, new InferenceSession(asset.Weights, sessionOptions), tokenizer);
    }

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (destination.Length != Info.Dimension)
        {
            throw new ArgumentException($"A vector has {Info.Dimension} values; room for {destination.Length} was given.", nameof(destination));
        }

        cancellationToken.ThrowIfCancellationRequested();
        EncoderBuffers buffers = _idle.TryTake(out EncoderBuffers? idle) ? idle : new EncoderBuffers(Info.MaxTokens, Info.Dimension);
        try
        {
            long started = Stopwatch.GetTimestamp();
            TokenIds tokens = _tokenizer.Encode(text, buffers.Ids);
            cancellationToken.ThrowIfCancellationRequested();
            long tokenized = Stopwatch.GetTimestamp();
            TextTensors tensors = buffers.Tensors(tokens.Count);
            _session.Run(_runOptions, InputNames, tensors.Inputs, OutputNames, tensors.Outputs);
            MeanPooling.Pool(buffers.States(tokens.Count), destination);
            return new EmbeddingCost(
                tokens.Count, tokens.Truncated, Stopwatch.GetElapsedTime(started, tokenized), Stopwatch.GetElapsedTime(tokenized));
        }
        finally
        {
            _idle.Add(buffers);
        }
    }

    /// <summary>Frees the session and the buffers.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
        while (_idle.TryTake(out EncoderBuffers? buffers))
        {
            buffers.Dispose();
        }
    }

    /// <summary>
    /// One thread a call and no pool of the runtime's own: parallelism comes from the callers. Spinning is off because it takes a core from everything
    /// else in the process.
    /// </summary>
    internal static SessionOptions CreateSessionOptions()
    {
        SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
