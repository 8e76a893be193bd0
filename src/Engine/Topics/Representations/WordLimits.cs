namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>Limit on the words of a topic, as in <see cref="TopicModelOptions.TopWordCount"/>.</summary>
internal static class WordLimits
{
    public const int Most = 100;

    public static void Check(int count, string name)
    {
        if (count is < 1 or > Most)
        {
            throw new ArgumentException($"{name} {count} does not lie between 1 and {Most}.");
        }
    }
}
