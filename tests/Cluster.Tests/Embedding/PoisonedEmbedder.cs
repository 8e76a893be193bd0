using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>An encoder with a defect: a text with a certain word ends its process, or hangs.</summary>
internal sealed class PoisonedEmbedder(FakeEmbedder inner, Action kill) : IEmbedder, IDisposable
{
    private readonly ManualResetEvent _stopped = new(initialState: false);

    public string? DeadlyWord { get; set; }

    public string? HangingWord { get; set; }

    public string? FailingWord { get; set; }

    public EmbedderInfo Info => inner.Info;

    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        if (Has(text, DeadlyWord))
        {
            kill();
            throw new InvalidOperationException("The process has ended.");
        }

        if (Has(text, HangingWord))
        {
            // A hang of native code cannot be canceled; a test must end, so this one can.
            WaitHandle.WaitAny([cancellationToken.WaitHandle, _stopped]);
            throw new OperationCanceledException(cancellationToken);
        }

        return Has(text, FailingWord)
            ? throw new InvalidOperationException("The encoder failed.")
            : inner.Embed(text, destination, cancellationToken);
    }

    /// <summary>Ends the hanging texts.</summary>
    public void Stop() => _stopped.Set();

    public void Dispose() => _stopped.Dispose();

    private static bool Has(string text, string? word) => word is not null && text.Contains(word, StringComparison.Ordinal);
}
