using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>What follows from the documents of each topic: its words, name and representative documents.</summary>
/// <param name="Topics">Topics, ascending.</param>
/// <param name="Vocabulary">Terms.</param>
/// <param name="InverseFrequencies">Factor of each term.</param>
/// <param name="TermWeights">Topics × terms.</param>
/// <param name="TermCounts">Topics × terms.</param>
internal sealed record TopicContent(
    IReadOnlyList<Topic> Topics,
    Vocabulary Vocabulary,
    double[] InverseFrequencies,
    CsrMatrix<double> TermWeights,
    CsrMatrix<int> TermCounts);
