using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>The topics of a part of the documents, ascending.</summary>
/// <param name="Ids">Topics.</param>
/// <param name="Counts">Documents of each.</param>
/// <param name="Weights">Topics × terms.</param>
internal sealed record SlicedTopics(int[] Ids, int[] Counts, CsrMatrix<double> Weights);
