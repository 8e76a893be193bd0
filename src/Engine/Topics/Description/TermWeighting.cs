using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Weights of topics and the way to weigh documents by the same terms.</summary>
/// <param name="TfIdf">Fitted weights of the terms.</param>
/// <param name="Topics">Topic rows × terms weights.</param>
/// <param name="CountTerms">Returns the term counts of the documents with these rows.</param>
internal sealed record TermWeighting(ClassTfIdf TfIdf, CsrMatrix<double> Topics, Func<int[], CsrMatrix<int>> CountTerms);
