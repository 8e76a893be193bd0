using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Description of the topics: words, names and representative documents.</summary>
/// <param name="Topics">Topics, ascending.</param>
/// <param name="Vocabulary">Terms.</param>
/// <param name="InverseFrequencies">Inverse frequency of each term.</param>
/// <param name="TermWeights">Topics × terms weights.</param>
/// <param name="TermCounts">Topics × terms counts.</param>
internal sealed record TopicContent(
    IReadOnlyList<Topic> Topics,
    Vocabulary Vocabulary,
    double[] InverseFrequencies,
    CsrMatrix<double> TermWeights,
    CsrMatrix<int> TermCounts);
