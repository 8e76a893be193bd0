using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Ingesting;

/// <summary>An ingest session that one connection owns.</summary>
/// <param name="Row">Row of the corpus.</param>
/// <param name="Corpus">Documents of the corpus.</param>
/// <param name="State">State of the session when it was opened.</param>
/// <param name="Owner">Number of the connection; a later connection of the same session has a higher number.</param>
internal sealed record IngestSessionHandle(CorpusRow Row, Corpora.Corpus Corpus, SessionState State, long Owner);
