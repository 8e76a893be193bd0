using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>The algorithm of <see cref="KeyBertInspired"/>.</summary>
internal static class KeyBertWords
{
    /// <summary>Returns the chosen words of each topic row, best first.</summary>
    public static TopicWord[][] Choose(KeyBertInspired settings, RepresentationInput input)
    {
        double[][] means = input.RepresentativeMeans(settings.RepresentativeDocumentCount);
        TopicWord[][] candidates = input.BestWords(settings.CandidateCount);
        input.Vectors.Add(candidates.SelectMany(topic => topic).Select(word => word.Term));
        return [.. candidates.Select((topic, row) => topic
            .Select(word => new TopicWord(word.Term, input.Vectors.Cosine(word.Term, means[row])))
            .OrderByDescending(word => word.Score)
            .Take(settings.WordCount)
            .ToArray())];
    }
}
