using System.Collections.Concurrent;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Testing.State;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Uploads by their id: one that is opened again goes on where it was.</summary>
internal sealed class IngestSessions(FakeCorpora corpora)
{
    private readonly ConcurrentDictionary<(string Corpus, string Id), IngestSession> _sessions = new();

    public IngestSession Open(Wire.IngestDocumentsRequest.Types.Open open)
    {
        // Throws where there is no such corpus, as a server does.
        string corpus = corpora.Get(WireNames.Id(open.Corpus)).Name;
        return _sessions.GetOrAdd(
            (corpus, open.SessionId), static (key, corpora) => new IngestSession(corpora, key.Corpus, key.Id), corpora);
    }
}
