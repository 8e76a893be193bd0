using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Testing;

/// <summary>
/// A fake encoder: the vector of a text is the sum of fixed vectors of its words. Texts with common words are similar, so
/// topics can be found, and a text always has the same vector. Tests can block it.
/// </summary>
public sealed class FakeEmbedder(string name = "fake") : IEmbedder, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _arrived = new(0);
    private bool _held;
    private int _calls;
    private int _holdAt = int.MaxValue;

    public EmbedderInfo Info { get; } = new(name, "full", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))), 32, 256);

    /// <summary>Number of embedded texts.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Delay of each text.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Texts with this word get an embedding that is not finite, as after an overflow in the encoder.</summary>
    public string? NotFiniteWord { get; set; }

    /// <summary>Blocks all texts until <see cref="Release"/>.</summary>
    public void Hold()
    {
        Volatile.Write(ref _held, true);
        _open.Reset();
    }

    /// <summary>Blocks all texts but the next <paramref name="count"/> until <see cref="Release"/>.</summary>
    /// <param name="count">Number of texts that pass.</param>
    public void HoldAfter(int count) => Volatile.Write(ref _holdAt, Calls + count);

    public void Release()
    {
        Volatile.Write(ref _held, false);
        Volatile.Write(ref _holdAt, int.MaxValue);
        _open.Set();
    }

    /// <summary>Completes when a text is blocked.</summary>
    public Task SomebodyWaitsAsync(CancellationToken cancellationToken) => _arrived.WaitAsync(cancellationToken);

    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Calls >= Volatile.Read(ref _holdAt))
        {
            Hold();
        }

        if (Volatile.Read(ref _held))
        {
            _arrived.Release();
        }

        _open.Wait(cancellationToken);
        if (Delay > TimeSpan.Zero)
        {
            cancellationToken.WaitHandle.WaitOne(Delay);
        }

        Interlocked.Increment(ref _calls);
        string[] words = text.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        destination.Clear();
        foreach (string item in words)
        {
            Add(item, destination);
        }

        // The empty text has a vector too. Word order contributes a little, as in a real encoder.
        Add(words.Length == 0 ? "(empty)" : "(order) " + text, destination, 0.3f);
        TensorPrimitives.Divide(destination, TensorPrimitives.Norm<float>(destination), destination);
        if (NotFiniteWord is { } word && text.Contains(word, StringComparison.Ordinal))
        {
            destination[^1] = float.NaN;
        }

        return new EmbeddingCost(
            Math.Min(words.Length + 2, Info.MaxTokens), words.Length + 2 > Info.MaxTokens, TimeSpan.Zero, TimeSpan.Zero)
        {
            // As a vocabulary without emoji.
            IsUnknown = !text.Any(char.IsLetterOrDigit),
        };
    }

    public void Dispose()
    {
        _open.Dispose();
        _arrived.Dispose();
    }

    private static void Add(string word, Span<float> destination, float weight = 1)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(word));
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] += weight * ((hash[index] / 127.5f) - 1);
        }
    }
}
