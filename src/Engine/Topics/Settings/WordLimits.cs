namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Limit on the number of words of a topic, as for <see cref="TopicModelOptions.TopWordCount"/>.</summary>
internal static class WordLimits
{
    public const int Max = 100;

    public static void Check(int count, string name)
    {
        if (count is < 1 or > Max)
        {
            throw new ArgumentException($"{name} is {count}; it must be between 1 and {Max}.");
        }
    }
}
