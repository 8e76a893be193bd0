using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing.State;

/// <summary>Topics that versions gave the documents of corpora. Thread-safe.</summary>
internal sealed class FakeAssignments
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Corpus, string Version), IReadOnlyList<DocumentTopic>> _topics = [];

    public void Set(string corpus, string version, IReadOnlyList<DocumentTopic> topics)
    {
        lock (_gate)
        {
            _topics[(corpus, version)] = topics;
        }
    }

    /// <summary>Returns the documents in the order of their assignment; null if the version has not assigned the corpus.</summary>
    public IReadOnlyList<DocumentTopic>? Find(string corpus, string version)
    {
        lock (_gate)
        {
            return _topics.GetValueOrDefault((corpus, version));
        }
    }
}
