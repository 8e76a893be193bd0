using System.Collections.Concurrent;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Testing.State;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Upload sessions by id. A session that is opened again resumes at its next offset.</summary>
internal sealed class IngestSessions(FakeCorpora corpora)
{
    private readonly ConcurrentDictionary<(string Corpus, string Id), IngestSession> _sessions = new();

    public IngestSession Open(Wire.IngestDocumentsRequest.Types.Open open)
    {
        // Throws if the corpus does not exist, as a server does.
        string corpus = corpora.Get(WireNames.Id(open.Corpus)).Name;
        return _sessions.GetOrAdd(
            (corpus, open.SessionId), static (key, corpora) => new IngestSession(corpora, key.Corpus, key.Id), corpora);
    }
}
