using Microsoft.ML.OnnxRuntime;

namespace TopicGrpc.Embedding;

/// <summary>
/// Baseline: ONNX Runtime alone with the same session options. Input tensors are created before the measurement; the
/// runtime allocates the output, which is discarded.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] Outputs = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    public BareLoop(byte[] weights, SessionOptions options) => _session = new InferenceSession(weights, options);

    /// <summary>Runs every text on <paramref name="threads"/> threads.</summary>
    public void Run(BareText[] texts, int threads)
    {
        int next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (int taken = Interlocked.Increment(ref next); taken < texts.Length; taken = Interlocked.Increment(ref next))
            {
                _session.Run(_runOptions, Inputs, texts[taken].Inputs, Outputs).Dispose();
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }
}
