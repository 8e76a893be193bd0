using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Ingesting;

/// <summary>A session as one connection holds it.</summary>
/// <param name="Row">The corpus.</param>
/// <param name="Corpus">Its documents.</param>
/// <param name="State">The session at opening.</param>
/// <param name="Owner">Mark of this connection.</param>
internal sealed record IngestSessionHandle(CorpusRow Row, Corpora.Corpus Corpus, SessionState State, long Owner);
