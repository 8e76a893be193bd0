using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Topics of one slice of the documents, ascending.</summary>
/// <param name="Ids">Topics.</param>
/// <param name="Counts">Number of documents of each.</param>
/// <param name="Weights">Topics × terms.</param>
internal sealed record SlicedTopics(int[] Ids, int[] Counts, CsrMatrix<double> Weights);
