using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>What a caller knows beforehand: seed topics, zero-shot topics, attributes that hold classes or topics.</summary>
internal static class GuidanceMapping
{
    public const int MaxAttributeBytes = 64;
    private const int MaxTopics = 500;
    private const int MaxWordsPerTopic = 100;
    private const int MaxWords = 5000;
    private const int MaxWordBytes = 256;

    private const string Seeds = "settings.seed_topic_list";
    private const string ZeroShot = "settings.zeroshot_topic_list";
    private const string Target = "settings.target_attribute";
    private const string Topic = "settings.topic_attribute";

    /// <summary>Options with the word lists of some settings.</summary>
    public static TopicModelOptions Apply(FitSettings settings, TopicModelOptions options, SettingsChecks checks)
    {
        CheckSeeds(settings, checks);
        CheckZeroShot(settings, checks);
        CheckAttributes(settings, checks);
        return options with
        {
            SeedTopics = [.. settings.SeedTopicList.Select(static topic => topic.Words.ToArray())],
            ZeroShotTopics = [.. settings.ZeroshotTopicList],
            ZeroShotMinSimilarity = settings.HasZeroshotMinSimilarity
                ? checks.Range("settings.zeroshot_min_similarity", settings.ZeroshotMinSimilarity, -1, 1)
                : options.ZeroShotMinSimilarity,
        };
    }

    /// <summary>Adds the word lists of some options to settings.</summary>
    public static void AddTo(FitSettings settings, TopicModelOptions options)
    {
        settings.SeedTopicList.AddRange(options.SeedTopics.Select(static words => new FitSettings.Types.SeedTopic { Words = { words } }));
        settings.ZeroshotTopicList.AddRange(options.ZeroShotTopics);
        settings.ZeroshotMinSimilarity = options.ZeroShotMinSimilarity;
    }

    /// <summary>Names the attributes that a fit took classes and topics from: the engine's options know the documents' values, not where they stood.</summary>
    public static void AddAttributes(FitSettings settings, FitSettings given)
    {
        settings.TargetAttribute = given.TargetAttribute;
        settings.TopicAttribute = given.TopicAttribute;
    }

    /// <summary>The same for a version derived from another: those of the parent, or the one that gave the topics anew.</summary>
    public static void AddAttributes(FitSettings settings, FitSettings parent, VersionOperation operation) => AddAttributes(
        settings,
        operation.UpdateTopics is { TopicAttribute.Length: > 0 } update ? new FitSettings { TopicAttribute = update.TopicAttribute } : parent);

    private static void CheckSeeds(FitSettings settings, SettingsChecks checks)
    {
        checks.Range(Seeds, settings.SeedTopicList.Count, 0, MaxTopics);
        if (settings.SeedTopicList.Sum(static topic => topic.Words.Count) > MaxWords)
        {
            checks.Add(Seeds, FormattableString.Invariant($"at most {MaxWords} words in all"));
        }

        foreach (FitSettings.Types.SeedTopic topic in settings.SeedTopicList)
        {
            checks.Range(Seeds + ".words", topic.Words.Count, 1, MaxWordsPerTopic);
            foreach (string word in topic.Words)
            {
                checks.Text(Seeds + ".words", word, MaxWordBytes);
            }
        }
    }

    private static void CheckZeroShot(FitSettings settings, SettingsChecks checks)
    {
        checks.Range(ZeroShot, settings.ZeroshotTopicList.Count, 0, MaxTopics);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in settings.ZeroshotTopicList)
        {
            checks.Text(ZeroShot, name, MaxWordBytes);
            if (!seen.Add(name))
            {
                checks.Add(ZeroShot, $"'{name}' is given twice");
            }
        }

        if (settings.ZeroshotTopicList.Count > 0 && (settings.HasNrTopics || settings.NrTopicsAuto))
        {
            checks.Add(ZeroShot, "must not be given beside nr_topics: fit first, then reduce");
        }
    }

    private static void CheckAttributes(FitSettings settings, SettingsChecks checks)
    {
        if (settings.TargetAttribute.Length > 0)
        {
            checks.Text(Target, settings.TargetAttribute, MaxAttributeBytes);
            if (settings.SeedTopicList.Count > 0)
            {
                checks.Add(Target, "must not be given beside seed_topic_list, which gives documents their classes");
            }
        }

        if (settings.TopicAttribute.Length > 0)
        {
            checks.Text(Topic, settings.TopicAttribute, MaxAttributeBytes);
            if (settings.SeedTopicList.Count + settings.ZeroshotTopicList.Count + settings.TargetAttribute.Length > 0)
            {
                checks.Add(Topic, "gives the topics themselves: seed_topic_list, zeroshot_topic_list and target_attribute must not be given beside it");
            }
        }
    }
}
