using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Onnx.Assets;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx;

/// <summary>
/// A sentence encoder on ONNX Runtime. Each text runs alone, unpadded, on the caller's thread: on a CPU, batches do not
/// help and padding costs (docs/adr/0026). The vector therefore depends on the text alone, and as many callers as cores
/// reach the full throughput. Thread-safe, except for <see cref="Dispose"/>, which must not run during a call.
/// </summary>
public sealed class OnnxEmbedder : IEmbedder, IDisposable
{
    private static readonly string[] InputNames = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] OutputNames = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly UncasedTokenizer _tokenizer;
    private readonly RunOptions _runOptions = new();
    private readonly ConcurrentBag<EncoderBuffers> _idle = [];

    private OnnxEmbedder(EncoderAsset asset, InferenceSession session, UncasedTokenizer tokenizer)
    {
        Info = asset.Info;
        Languages = asset.Languages;
        _session = session;
        _tokenizer = tokenizer;
    }

    /// <inheritdoc/>
    public EmbedderInfo Info { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Languages { get; }

    /// <summary>
    /// Opens an encoder: reads its files, verifies their hashes and creates the inference session. Takes some tenths of a
    /// second.
    /// </summary>
    /// <param name="options">Encoder folder, precision and token limit.</param>
    /// <returns>Encoder; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message names the file and the remedy.</exception>
    /// <exception cref="InvalidDataException">The hash of a file differs from the manifest, or the manifest is invalid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static OnnxEmbedder Open(OnnxEmbedderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var asset = options.ReadAsset();
        using MemoryStream vocabulary = new(asset.Vocabulary);
        UncasedTokenizer tokenizer = new(vocabulary);
        using SessionOptions sessionOptions = CreateSessionOptions();
        return new OnnxEmbedder(asset, new InferenceSession(asset.Weights, sessionOptions), tokenizer);
    }

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (destination.Length != Info.Dimension)
        {
            throw new ArgumentException(
                $"The destination must have {Info.Dimension} values, but has {destination.Length}.", nameof(destination));
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
                tokens.Count, tokens.Truncated, Stopwatch.GetElapsedTime(started, tokenized), Stopwatch.GetElapsedTime(tokenized))
            {
                IsUnknown = _tokenizer.IsUnknown(buffers.Ids[..tokens.Count]),
            };
        }
        finally
        {
            _idle.Add(buffers);
        }
    }

    /// <summary>Releases the session and the buffers.</summary>
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
    /// Creates the session options: one thread per call, because callers provide the parallelism, and no spinning, because
    /// it would occupy a core.
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
