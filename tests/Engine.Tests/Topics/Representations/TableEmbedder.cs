using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Tests.Topics.Representations;

/// <summary>
/// An encoder that looks texts up; a text that is not in the table is the sum of its words, unknown words counting nothing.
/// </summary>
internal sealed class TableEmbedder(int dimension, string sha256, IReadOnlyDictionary<string, float[]> table) : IEmbedder
{
    private int _calls;

    public int Calls => _calls;

    public EmbedderInfo Info { get; } = new("made-up", "full", sha256, dimension, 256);

    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _calls);
        destination.Clear();
        string[] parts = table.ContainsKey(text) ? [text] : text.Split(' ');
        foreach (string part in parts)
        {
            if (table.TryGetValue(part, out float[]? vector))
            {
                for (int i = 0; i < vector.Length; i++)
                {
                    destination[i] += vector[i];
                }
            }
        }

        return default;
    }
}
