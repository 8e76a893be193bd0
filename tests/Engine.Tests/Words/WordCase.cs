using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Tests.Words;

/// <summary>Term counts of small hand-written topics.</summary>
internal static class WordCase
{
    /// <summary>Counts the terms of topics with one text each.</summary>
    public static WordCounts Count(WordOptions options, params string[] topics) =>
        Count(options, [.. Enumerable.Range(0, topics.Length)], topics);

    /// <summary>Counts the terms of topics with several texts.</summary>
    public static WordCounts Count(WordOptions options, int[] topicOf, params string[] texts)
    {
        DocumentTokens tokens = DocumentTokenizer.Read(texts, options, ComputeOptions.Default, CancellationToken.None);
        return new CountVectorizer(options).Fit(
            tokens, new ClassGroups(topicOf, topicOf.Max() + 1), ComputeOptions.Default, CancellationToken.None);
    }
}
