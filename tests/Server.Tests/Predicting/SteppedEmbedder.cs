using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Tests.Predicting;

/// <summary>
/// An encoder that a test steps through: texts that begin with <c>held</c> wait for it the first time, and each text takes its time by the
/// test's clock.
/// </summary>
internal sealed class SteppedEmbedder(FakeTimeProvider clock) : IEmbedder, IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ManualResetEventSlim _open = new(initialState: false);

    public EmbedderInfo Info { get; } = new("stepped", "full", new string('0', 64), 4, 256);

    /// <summary>Texts embedded, in their order.</summary>
    public ConcurrentQueue<string> Embedded { get; } = new();

    /// <summary>Texts whose thread took idle time only.</summary>
    public ConcurrentQueue<string> EmbeddedIdly { get; } = new();

    /// <summary>Time that each text takes.</summary>
    public TimeSpan Takes { get; set; }

    public Task HeldAsync() => _arrived.WaitAsync(TestContext.Current.CancellationToken);

    public void Release() => _open.Set();

    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        if (text.StartsWith("held", StringComparison.Ordinal) && _held.TryAdd(text, true))
        {
            _arrived.Release();

            // As the encoder itself: a run that has begun goes on to its end.
            _open.Wait(CancellationToken.None);
        }

        clock.Advance(Takes);
        destination.Fill(0.5f);
        Embedded.Enqueue(text);
        if (BackgroundThread.IsIdle)
        {
            EmbeddedIdly.Enqueue(text);
        }

        return new EmbeddingCost(7, Truncated: false, TimeSpan.Zero, Takes);
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
