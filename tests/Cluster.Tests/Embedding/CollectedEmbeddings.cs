using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>Keeps what a placement passes on, and rejects a text that it passes on twice.</summary>
internal sealed class CollectedEmbeddings(int texts) : IEmbeddingReceiver
{
    private readonly EmbeddedText?[] _texts = new EmbeddedText?[texts];

    public EmbeddedText this[int text] => _texts[text] ?? throw new InvalidOperationException($"Text {text} has no embedding.");

    public int Count => _texts.Count(static text => text is not null);

    public void Add(int text, EmbeddedText embedded)
    {
        lock (_texts)
        {
            if (_texts[text] is not null)
            {
                throw new InvalidOperationException($"Text {text} arrived twice.");
            }

            _texts[text] = embedded;
        }
    }

    public void Flush()
    {
    }
}
