using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Server.Fitting;

/// <summary>The given embeddings of a corpus, and where a fit puts them.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Dimension">Numbers of an embedding.</param>
/// <param name="Scratch">Holds the rows.</param>
internal sealed record GivenRows(Corpora.Corpus Corpus, int Dimension, ScratchSpace Scratch);
